#include "measure/cells.hpp"

#include "measure/lanes.hpp"

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

/// The reading behind a code, eight at once.
lanes::Raw raw_of(lanes::Raw codes, lanes::Raw top) {
    using lanes::Raw;
    const Raw beyond = lanes::larger(codes - std::int16_t{exact_codes}, Raw{});
    const Raw level = top - (codes + beyond * std::int16_t{coarse_step - 1});
    const Raw not_silent = codes == std::int16_t{silent_code} ? lanes::all(Cell::silent) : level;
    return codes == std::int16_t{unheard_code} ? lanes::all(Cell::unheard) : not_silent;
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
    block.near = true;
    for (std::size_t i = 0; i < half; ++i) {
        const int first = code_of(cells[i], block.top);
        const int second = code_of(cells[i + half], block.top);
        block.near = block.near && std::max(first, second) < exact_codes;
        block.low[i] = static_cast<std::uint8_t>(first & 0xFF);
        block.low[i + half] = static_cast<std::uint8_t>(second & 0xFF);
        block.high[i] = static_cast<std::uint8_t>((first >> 8) | ((second >> 8) << 4));
    }
    return block;
}

template <typename ToRaw>
void CellSeries::unpack(const Block& block, Cell* cells, ToRaw to_raw) {
    using lanes::Bytes;
    constexpr std::size_t half = block_length / 2;
    const auto put = [&](std::size_t at, Bytes high) {
        const auto codes = lanes::from_bytes(lanes::load<Bytes>(&block.low[at]), high);
        lanes::store(to_raw(codes.first), cells + at);
        lanes::store(to_raw(codes.second), cells + at + lanes::count);
    };
    for (std::size_t i = 0; i < half; i += sizeof(Bytes)) {
        const auto high = lanes::load<Bytes>(&block.high[i]);
        put(i, high & std::uint8_t{0xF});
        put(i + half, high >> std::uint8_t{4});
    }
}

void CellSeries::unpack(const Block& block, Cell* cells) {
    const lanes::Raw top = lanes::all(block.top);
    if (block.near) {
        unpack(block, cells, [&](lanes::Raw codes) { return top - codes; });
    } else {
        unpack(block, cells, [&](lanes::Raw codes) { return raw_of(codes, top); });
    }
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
        if (index < packed()) unpack(block(index), cells.data());
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
    std::size_t done = 0;
    if (from % block_length == 0)  // whole blocks go where they belong
        for (; done + block_length <= out.size(); done += block_length)
            unpack(block((from + done) / block_length), &out[done]);
    each_part(from + done, from + out.size(), [&](std::span<const Cell> cells, std::size_t first) {
        std::copy(cells.begin(), cells.end(), out.begin() + static_cast<std::ptrdiff_t>(done + first));
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
    unpack(packed_block, cells.data());
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
