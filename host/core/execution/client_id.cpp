#include "core/execution/client_id.hpp"

#include <array>
#include <string_view>

namespace grekko::execution {
namespace {

constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t incarnation_size = 8;
constexpr std::size_t sequence_size = 13;
constexpr std::size_t leg_size = 2;
constexpr std::size_t whole_size = incarnation_size + sequence_size + leg_size;
static_assert(whole_size <= 36);

void write(char* to, std::size_t size, std::uint64_t value) {
    for (std::size_t i = size; i > 0; --i) {
        to[i - 1] = digits[value & 31U];
        value >>= 5U;
    }
}

std::optional<std::uint64_t> read(std::string_view text) {
    std::uint64_t value = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos || value >> 59U != 0) return std::nullopt;
        value = value << 5U | digit;
    }
    return value;
}

} // namespace

ClientOrderId encode(const ClientId& id) {
    std::array<char, whole_size> text{};
    write(text.data(), incarnation_size, id.incarnation);
    write(text.data() + incarnation_size, sequence_size, id.sequence);
    write(text.data() + incarnation_size + sequence_size, leg_size, id.leg);
    return ClientOrderId{std::string_view{text.data(), text.size()}};
}

std::optional<ClientId> decode(const ClientOrderId& text) {
    const std::string_view view = text.view();
    if (view.size() != whole_size) return std::nullopt;
    const auto incarnation = read(view.substr(0, incarnation_size));
    const auto sequence = read(view.substr(incarnation_size, sequence_size));
    const auto leg = read(view.substr(incarnation_size + sequence_size));
    if (!incarnation || !sequence || !leg) return std::nullopt;
    return ClientId{*incarnation, *sequence, static_cast<std::uint32_t>(*leg)};
}

} // namespace grekko::execution
