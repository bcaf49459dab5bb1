#pragma once

#include "core/decibels.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace kedge::measure {

/// One meter reading of a tape: hundredths of a decibel, with two values set apart.
class Cell {
  public:
    constexpr Cell() = default;  ///< unheard: the song was not played there
    [[nodiscard]] static Cell reading(Decibels level);
    [[nodiscard]] constexpr bool heard() const { return centibels_ != unheard; }
    /// Silence when unheard or silent.
    [[nodiscard]] Decibels level() const;
    [[nodiscard]] constexpr std::int16_t raw() const { return centibels_; }
    [[nodiscard]] static constexpr Cell from_raw(std::int16_t raw) {
        Cell cell;
        cell.centibels_ = raw;
        return cell;
    }
    constexpr auto operator<=>(const Cell&) const = default;  ///< unheard < silent < any level

    static constexpr std::int16_t unheard = INT16_MIN;
    static constexpr std::int16_t silent = INT16_MIN + 1;

  private:
    std::int16_t centibels_ = unheard;
};

/// Cells in a row, in a form that fits an hour of a thousand strips into memory: 12 bits a cell, in blocks of
/// 12.8 s that know their loudest reading. What lies within 36 dB of that is kept as it is; below, steps are
/// of 0.32 dB. Copies share their memory until one of them is written to.
class CellSeries {
  public:
    static constexpr std::size_t block_length = 128;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] Cell operator[](std::size_t index) const;
    /// Writes the cells from `from` on into `out`; they exist (asserted).
    void read(std::size_t from, std::span<Cell> out) const;
    /// The loudest of [from, to); unheard when there is none.
    [[nodiscard]] Cell loudest(std::size_t from, std::size_t to) const;
    [[nodiscard]] Cell loudest() const { return loudest(0, size_); }

    void push_back(Cell cell);
    /// Puts a cell in the place of another.
    void set(std::size_t index, Cell cell);
    /// Cells that are added are unheard.
    void resize(std::size_t size);
    void assign(std::size_t size, Cell cell);

    friend bool operator==(const CellSeries& a, const CellSeries& b);

  private:
    using Open = std::array<Cell, block_length>;
    struct Block {
        std::int16_t top = Cell::silent;  ///< the loudest reading
        bool near = false;                ///< every cell is a level within the exact steps under `top`
        std::array<std::uint8_t, block_length> low{};
        std::array<std::uint8_t, block_length / 2> high{};  ///< of cell i, and of i + half a block
    };
    static constexpr std::size_t blocks_together = 10;
    using Blocks = std::array<Block, blocks_together>;

    static Block pack(const Open& cells);
    /// Writes a block's cells.
    static void unpack(const Block& block, Cell* cells);
    template <typename ToRaw>
    static void unpack(const Block& block, Cell* cells, ToRaw to_raw);
    [[nodiscard]] std::size_t packed() const { return size_ / block_length; }
    [[nodiscard]] const Block& block(std::size_t index) const;
    Block& block_to_write(std::size_t index);
    void seal();
    template <typename Each>
    void each_part(std::size_t from, std::size_t to, Each each) const;

    std::vector<std::shared_ptr<Blocks>> blocks_;
    Open open_{};  ///< the last block, which is not full yet
    std::size_t size_ = 0;
};

}  // namespace kedge::measure
