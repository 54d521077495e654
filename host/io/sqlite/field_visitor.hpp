// FieldVisitor: turns the fields of a record into the few kinds that JSON and SQL know: null,
// number, yes or no, text, a struct inside, a list. Amounts are decimal texts, times RFC 3339,
// enumerators their names, durations nanoseconds; an id or time that is none is null.
// render and the projection walk records with it.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "domain/event.hpp"
#include "domain/fields.hpp"
#include "domain/names.hpp"

namespace grekko::sqlite {

namespace field_detail {

template <class T>
inline constexpr bool is_text = false;
template <std::size_t N>
inline constexpr bool is_text<Text<N>> = true;

template <class T>
inline constexpr bool is_id = false;
template <class Tag, class Integer>
inline constexpr bool is_id<StrongId<Tag, Integer>> = true;

template <class T>
concept Decimals = requires(const T& value, char* text) {
    { value.write(text) } -> std::same_as<std::size_t>;
};

} // namespace field_detail

// Sink: null(name), number(name, std::int64_t), unsigned_number(name, std::uint64_t),
// yes_no(name, bool), text(name, std::string_view), begin(name), end(), begin_list(name),
// end_list().
template <class Sink>
class FieldVisitor {
public:
    explicit FieldVisitor(Sink& sink) : sink_{sink} {}

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if constexpr (std::is_array_v<T>) {
            sink_.begin_list(name);
            for (const auto& item : value)
                (*this)({}, item);
            sink_.end_list();
        } else if constexpr (std::same_as<T, bool>) {
            sink_.yes_no(name, value);
        } else if constexpr (std::is_enum_v<T>) {
            sink_.text(name, grekko::name(value));
        } else if constexpr (std::unsigned_integral<T>) {
            sink_.unsigned_number(name, value);
        } else if constexpr (field_detail::is_id<T>) {
            value.is_none() ? sink_.null(name) : sink_.unsigned_number(name, value.value());
        } else if constexpr (std::same_as<T, Instant>) {
            value.is_none() ? sink_.null(name) : sink_.text(name, to_string(value));
        } else if constexpr (std::same_as<T, Duration>) {
            sink_.number(name, value.count());
        } else if constexpr (field_detail::is_text<T>) {
            sink_.text(name, value.view());
        } else if constexpr (field_detail::Decimals<T>) {
            std::array<char, Decimal::text_size_max> text;
            sink_.text(name, {text.data(), value.write(text.data())});
        } else {
            sink_.begin(name);
            visit_fields(*this, value);
            sink_.end();
        }
    }

private:
    Sink& sink_;
};

} // namespace grekko::sqlite
