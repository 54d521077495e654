#include "base/crc32c.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace grekko {
namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

// tables[0] advances by one byte; tables[k] by that byte and k zero bytes.
consteval Tables make_tables() {
    constexpr std::uint32_t reversed_polynomial = 0x82F63B78U;
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? reversed_polynomial : 0U);
        }
        tables[0][byte] = crc;
    }
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        for (std::size_t k = 1; k < tables.size(); ++k) {
            const std::uint32_t before = tables[k - 1][byte];
            tables[k][byte] = (before >> 8) ^ tables[0][before & 0xFFU];
        }
    }
    return tables;
}

constexpr Tables tables = make_tables();

std::uint64_t load_word(const std::byte* from) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    return word;
}

// The steps take and give the inverted register, without the final complement.
struct PortableSteps {
    static std::uint32_t byte(std::uint32_t crc, std::byte value) {
        return (crc >> 8) ^ tables[0][(crc ^ static_cast<std::uint32_t>(value)) & 0xFFU];
    }
    static std::uint32_t word(std::uint32_t crc, std::uint64_t value) {
        value ^= crc;
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < 8; ++i) {
            next ^= tables[7 - i][(value >> (8 * i)) & 0xFFU];
        }
        return next;
    }
};

template <class Steps>
[[gnu::always_inline]] inline std::uint32_t run(std::uint32_t crc,
                                                std::span<const std::byte> data) {
    std::size_t at = 0;
    for (; at + 8 <= data.size(); at += 8)
        crc = Steps::word(crc, load_word(data.data() + at));
    for (; at < data.size(); ++at)
        crc = Steps::byte(crc, data[at]);
    return crc;
}

template <class Steps>
[[gnu::always_inline]] inline std::uint32_t run_frame(std::span<const std::byte> frame) {
    std::uint32_t lane0 = ~0U;
    std::uint32_t lane1 = ~0U;
    std::uint32_t lane2 = ~0U;
    std::uint32_t lane3 = ~0U;
    std::size_t at = 0;
    for (; at + 32 <= frame.size(); at += 32) {
        lane0 = Steps::word(lane0, load_word(frame.data() + at));
        lane1 = Steps::word(lane1, load_word(frame.data() + at + 8));
        lane2 = Steps::word(lane2, load_word(frame.data() + at + 16));
        lane3 = Steps::word(lane3, load_word(frame.data() + at + 24));
    }
    std::uint32_t crc = ~0U;
    crc = Steps::word(crc, ~lane0 | (static_cast<std::uint64_t>(~lane1) << 32));
    crc = Steps::word(crc, ~lane2 | (static_cast<std::uint64_t>(~lane3) << 32));
    crc = run<Steps>(crc, frame.subspan(at));
    return ~Steps::word(crc, frame.size());
}

#if defined(__x86_64__)

struct HardwareSteps {
    [[gnu::target("sse4.2")]] static std::uint32_t byte(std::uint32_t crc, std::byte value) {
        return __builtin_ia32_crc32qi(crc, static_cast<unsigned char>(value));
    }
    [[gnu::target("sse4.2")]] static std::uint32_t word(std::uint32_t crc, std::uint64_t value) {
        return static_cast<std::uint32_t>(__builtin_ia32_crc32di(crc, value));
    }
};

[[gnu::target("sse4.2")]] std::uint32_t run_hardware(std::uint32_t crc,
                                                     std::span<const std::byte> data) {
    return run<HardwareSteps>(crc, data);
}

[[gnu::target("sse4.2")]] std::uint32_t run_frame_hardware(std::span<const std::byte> frame) {
    return run_frame<HardwareSteps>(frame);
}

bool has_hardware() {
    return __builtin_cpu_supports("sse4.2") != 0;
}

#else

std::uint32_t run_hardware(std::uint32_t crc, std::span<const std::byte> data) {
    return run<PortableSteps>(crc, data);
}
std::uint32_t run_frame_hardware(std::span<const std::byte> frame) {
    return run_frame<PortableSteps>(frame);
}
bool has_hardware() {
    return false;
}

#endif

} // namespace

std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous) {
    return has_hardware() ? ~run_hardware(~previous, data) : crc32c_portable(data, previous);
}

std::uint32_t frame_checksum(std::span<const std::byte> frame) {
    return has_hardware() ? run_frame_hardware(frame) : frame_checksum_portable(frame);
}

std::uint32_t crc32c_portable(std::span<const std::byte> data, std::uint32_t previous) {
    return ~run<PortableSteps>(~previous, data);
}

std::uint32_t frame_checksum_portable(std::span<const std::byte> frame) {
    return run_frame<PortableSteps>(frame);
}

} // namespace grekko
