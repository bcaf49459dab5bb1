#include "measure/cells.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace kedge::measure {

namespace {

constexpr double lowest_level = -320.0;  // what hundredths of a decibel in 16 bits can hold
constexpr double highest_level = 320.0;

// The 12-bit codes: hundredths under the block's loudest reading, then coarser steps, then what is no level.
constexpr int exact_codes = 3600;
constexpr int coarse_step = 32;
constexpr int last_level_code = 4093;
constexpr int silent_code = 4094;
constexpr int unheard_code = 4095;

int code_of(Cell cell, int top) {
    if (!cell.heard()) return unheard_code;
    if (cell.raw() == Cell::silent) return silent_code;
    const int under = top - cell.raw();
    if (under < exact_codes) return under;
    return std::min(exact_codes + (under - exact_codes + coarse_step / 2) / coarse_step, last_level_code);
}

/// In 16 bits and without branches, so that the compiler can take eight cells at once.
std::int16_t raw_of(std::int16_t code, std::int16_t top) {
    const auto beyond = static_cast<std::int16_t>(code - exact_codes);
    const auto more = static_cast<std::int16_t>(beyond > 0 ? beyond : 0);
    const auto under = static_cast<std::int16_t>(code + more * (coarse_step - 1));
    const auto level = static_cast<std::int16_t>(top - under);
    const auto not_silent = code == silent_code ? Cell::silent : level;
    return code == unheard_code ? Cell::unheard : not_silent;
}

}  // namespace

Cell Cell::reading(Decibels level) {
    if (level.is_silence() || level.db() < lowest_level) return from_raw(silent);
    return from_raw(static_cast<std::int16_t>(std::lround(std::min(level.db(), highest_level) * 100.0)));
}

Decibels Cell::level() const {
    if (centibels_ == unheard || centibels_ == silent) return Decibels::silence();
    return Decibels(centibels_ / 100.0);
}

CellSeries::Block CellSeries::pack(const Open& cells) {
    constexpr std::size_t half = block_length / 2;
    Block block;
    block.top = std::max(*std::max_element(cells.begin(), cells.end()), Cell::from_raw(Cell::silent)).raw();
    for (std::size_t i = 0; i < half; ++i) {
        const int first = code_of(cells[i], block.top);
        const int second = code_of(cells[i + half], block.top);
        block.low[i] = static_cast<std::uint8_t>(first & 0xFF);
        block.low[i + half] = static_cast<std::uint8_t>(second & 0xFF);
        block.high[i] = static_cast<std::uint8_t>((first >> 8) | ((second >> 8) << 4));
    }
    return block;
}

void CellSeries::unpack(const Block& block, Open& cells) {
    constexpr std::size_t half = block_length / 2;
    std::array<std::int16_t, block_length> raw;
    for (std::size_t i = 0; i < half; ++i) {
        const auto first = static_cast<std::int16_t>(block.low[i] | ((block.high[i] & 0xF) << 8));
        const auto second = static_cast<std::int16_t>(block.low[i + half] | ((block.high[i] >> 4) << 8));
        raw[i] = raw_of(first, block.top);
        raw[i + half] = raw_of(second, block.top);
    }
    for (std::size_t i = 0; i < block_length; ++i) cells[i] = Cell::from_raw(raw[i]);
}

const CellSeries::Block& CellSeries::block(std::size_t index) const {
    return (*blocks_[index / blocks_together])[index % blocks_together];
}

CellSeries::Block& CellSeries::block_to_write(std::size_t index) {
    auto& together = blocks_[index / blocks_together];
    if (together.use_count() > 1) together = std::make_shared<Blocks>(*together);
    return (*together)[index % blocks_together];
}

/// The open block is full: it joins the packed ones.
void CellSeries::seal() {
    const std::size_t index = packed() - 1;
    if (index % blocks_together == 0) blocks_.push_back(std::make_shared<Blocks>());
    block_to_write(index) = pack(open_);
    open_ = {};
}

/// Calls each(cells, first) for what of every block lies in [from, to); `first` counts from `from`.
template <typename Each>
void CellSeries::each_part(std::size_t from, std::size_t to, Each each) const {
    Open cells;
    for (std::size_t at = from; at < to;) {
        const std::size_t index = at / block_length;
        const std::size_t begin = at % block_length;
        const std::size_t end = std::min(block_length, begin + (to - at));
        if (index < packed()) unpack(block(index), cells);
        const Open& these = index < packed() ? cells : open_;
        each(std::span(these).subspan(begin, end - begin), at - from);
        at += end - begin;
    }
}

Cell CellSeries::operator[](std::size_t index) const {
    Cell cell;
    read(index, std::span(&cell, 1));
    return cell;
}

void CellSeries::read(std::size_t from, std::span<Cell> out) const {
    assert(from + out.size() <= size_);
    each_part(from, from + out.size(), [&](std::span<const Cell> cells, std::size_t first) {
        std::copy(cells.begin(), cells.end(), out.begin() + static_cast<std::ptrdiff_t>(first));
    });
}

Cell CellSeries::loudest(std::size_t from, std::size_t to) const {
    Cell loudest;
    each_part(from, std::min(to, size_), [&](std::span<const Cell> cells, std::size_t) {
        loudest = std::max(loudest, *std::max_element(cells.begin(), cells.end()));
    });
    return loudest;
}

void CellSeries::push_back(Cell cell) {
    open_[size_ % block_length] = cell;
    ++size_;
    if (size_ % block_length == 0) seal();
}

void CellSeries::set(std::size_t index, Cell cell) {
    assert(index < size_);
    if (index / block_length >= packed()) {
        open_[index % block_length] = cell;
        return;
    }
    Block& packed_block = block_to_write(index / block_length);
    Open cells;
    unpack(packed_block, cells);
    cells[index % block_length] = cell;
    packed_block = pack(cells);
}

void CellSeries::resize(std::size_t size) {
    if (size < size_) {
        CellSeries shorter;
        for (std::size_t i = 0; i < size; ++i) shorter.push_back((*this)[i]);
        *this = std::move(shorter);
    }
    while (size_ < size) push_back(Cell());
}

void CellSeries::assign(std::size_t size, Cell cell) {
    *this = {};
    while (size_ < size) push_back(cell);
}

bool operator==(const CellSeries& a, const CellSeries& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i]) return false;
    return true;
}

}  // namespace kedge::measure
