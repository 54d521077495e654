#include "io/sqlite/decimal_functions.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <sqlite3.h>

#include "base/decimal.hpp"

namespace grekko::sqlite {
namespace {

std::optional<Decimal> amount(sqlite3_value* value) {
    if (sqlite3_value_type(value) == SQLITE_NULL) return Decimal{};
    const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    if (text == nullptr) return std::nullopt;
    const auto parsed = Decimal::parse({text, size});
    return parsed ? std::optional{*parsed} : std::nullopt;
}

void give(sqlite3_context* context, std::optional<Decimal> value) {
    if (!value) {
        sqlite3_result_error(context, "not an amount, or a sum out of range", -1);
        return;
    }
    std::array<char, Decimal::text_size_max> text;
    const auto size = static_cast<int>(value->write(text.data()));
    sqlite3_result_text(context, text.data(), size, SQLITE_TRANSIENT);
}

template <std::optional<Decimal> (*Combine)(Decimal, Decimal)>
void combine(sqlite3_context* context, int, sqlite3_value** values) {
    const auto a = amount(values[0]);
    const auto b = amount(values[1]);
    give(context, a && b ? Combine(*a, *b) : std::nullopt);
}

std::optional<Decimal> add(Decimal a, Decimal b) {
    return checked_add(a, b);
}
std::optional<Decimal> subtract(Decimal a, Decimal b) {
    return checked_subtract(a, b);
}

// SQLite gives zeroed memory: that is a Decimal of zero and no failure.
struct Sum {
    Decimal value;
    bool failed;
};

void sum_step(sqlite3_context* context, int, sqlite3_value** values) {
    auto* sum = static_cast<Sum*>(sqlite3_aggregate_context(context, sizeof(Sum)));
    if (sum == nullptr) return sqlite3_result_error_nomem(context);
    const auto value = amount(values[0]);
    const auto next = value ? checked_add(sum->value, *value) : std::nullopt;
    sum->failed = sum->failed || !next;
    if (next) sum->value = *next;
}

void sum_final(sqlite3_context* context) {
    const auto* sum = static_cast<const Sum*>(sqlite3_aggregate_context(context, 0));
    if (sum == nullptr) return give(context, Decimal{});
    give(context, sum->failed ? std::nullopt : std::optional{sum->value});
}

} // namespace

Result<void> add_decimal_functions(Connection& connection) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    sqlite3* handle = connection.handle();
    const bool made =
        sqlite3_create_function_v2(handle, "decimal_add", 2, flags, nullptr, combine<add>, nullptr,
                                   nullptr, nullptr) == SQLITE_OK &&
        sqlite3_create_function_v2(handle, "decimal_subtract", 2, flags, nullptr, combine<subtract>,
                                   nullptr, nullptr, nullptr) == SQLITE_OK &&
        sqlite3_create_function_v2(handle, "decimal_sum", 1, flags, nullptr, nullptr, sum_step,
                                   sum_final, nullptr) == SQLITE_OK;
    if (!made) return connection.error("cannot prepare");
    return {};
}

} // namespace grekko::sqlite
