// Short ways to write a row of the schema: one function a type, so that a table of keys stays a
// table. They check nothing: tests check that every default is legal.
// The files *_keys.cpp beside this one and app/settings use them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/config/schema.hpp"

namespace grekko::config {

void add_book_keys(Schema& schema);
void add_market_keys(Schema& schema);
void add_run_keys(Schema& schema);

namespace keys {

// Empty: open.
struct Limits {
    std::string min, max, unit;
};

inline Key plain(std::string path, Type type, std::string fallback, std::string doc) {
    return {std::move(path), type, std::move(fallback), {}, {}, {}, {}, std::move(doc)};
}
inline Key text(std::string path, std::string fallback, std::string doc) {
    return plain(std::move(path), Type::text, std::move(fallback), std::move(doc));
}
inline Key flag(std::string path, std::string fallback, std::string doc) {
    return plain(std::move(path), Type::flag, std::move(fallback), std::move(doc));
}
inline Key list(std::string path, std::string fallback, std::string doc) {
    return plain(std::move(path), Type::list, std::move(fallback), std::move(doc));
}
inline Key date(std::string path, std::string fallback, std::string doc) {
    return plain(std::move(path), Type::date, std::move(fallback), std::move(doc));
}
inline Key secret(std::string path, std::string doc) {
    return plain(std::move(path), Type::secret, {}, std::move(doc));
}
inline Key parameter(std::string path, std::string doc) {
    return plain(std::move(path), Type::parameter, {}, std::move(doc));
}
inline Key choice(std::string path, std::vector<std::string> choices, std::string fallback,
                  std::string doc) {
    Key key = plain(std::move(path), Type::choice, std::move(fallback), std::move(doc));
    key.choices = std::move(choices);
    return key;
}
inline Key number(std::string path, Type type, std::string fallback, Limits limits,
                  std::string doc) {
    Key key = plain(std::move(path), type, std::move(fallback), std::move(doc));
    key.min = std::move(limits.min);
    key.max = std::move(limits.max);
    key.unit = std::move(limits.unit);
    return key;
}
inline Key whole(std::string path, std::string fallback, Limits limits, std::string doc) {
    return number(std::move(path), Type::whole, std::move(fallback), std::move(limits),
                  std::move(doc));
}
inline Key amount(std::string path, std::string fallback, Limits limits, std::string doc) {
    return number(std::move(path), Type::amount, std::move(fallback), std::move(limits),
                  std::move(doc));
}
inline Key share(std::string path, std::string fallback, Limits limits, std::string doc) {
    return number(std::move(path), Type::share, std::move(fallback), std::move(limits),
                  std::move(doc));
}
inline Key duration(std::string path, std::string fallback, Limits limits, std::string doc) {
    return number(std::move(path), Type::duration, std::move(fallback), std::move(limits),
                  std::move(doc));
}

} // namespace keys
} // namespace grekko::config
