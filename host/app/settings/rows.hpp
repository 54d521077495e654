// The table that joins configuration keys to the settings of the core: one row names the key, the
// member it fills, its range, unit and meaning. The default is the member's own, so it is written
// once. It reads no file. settings.cpp collects the rows, wire.cpp applies them.
#pragma once

#include <charconv>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "core/engine/settings.hpp"
#include "io/config/config.hpp"

namespace grekko::app {

struct Row {
    config::Key key;
    std::function<void(engine::Settings&, const config::Config&)> fill;
};
using Rows = std::vector<Row>;

struct Range {
    std::string min, max;
    std::string unit;
};

// Adds rows for the members of one struct, found in the settings by `part`.
template <class Part>
class Group {
public:
    using Find = std::function<Part&(engine::Settings&)>;
    Group(Rows& rows, std::string prefix, Find part)
        : rows_{rows},
          prefix_{std::move(prefix)},
          part_{std::move(part)} {}

    Group& add(const char* name, Rate Part::* member, Range range, const char* doc) {
        return put(name, member, config::Type::share, std::move(range), doc);
    }
    Group& add(const char* name, Notional Part::* member, Range range, const char* doc) {
        return put(name, member, config::Type::amount, std::move(range), doc);
    }
    Group& add(const char* name, Decimal Part::* member, Range range, const char* doc) {
        return put(name, member, config::Type::amount, std::move(range), doc);
    }
    Group& add(const char* name, Duration Part::* member, Range range, const char* doc) {
        return put(name, member, config::Type::duration, std::move(range), doc);
    }
    Group& add(const char* name, bool Part::* member, const char* doc) {
        return put(name, member, config::Type::flag, {}, doc);
    }
    template <std::integral Integer>
    Group& add(const char* name, Integer Part::* member, Range range, const char* doc) {
        // Whatever is legal fits the member.
        std::int64_t greatest = 0;
        std::from_chars(range.max.data(), range.max.data() + range.max.size(), greatest);
        ASSERT(greatest > 0 && std::in_range<Integer>(greatest));
        return put(name, member, config::Type::whole, std::move(range), doc);
    }
    // A choice: `names` in the order of the enumeration, which counts from 1.
    template <class Enumeration>
        requires std::is_enum_v<Enumeration>
    Group& add(const char* name, Enumeration Part::* member, std::vector<std::string> names,
               const char* doc) {
        engine::Settings defaults;
        const auto place = static_cast<std::size_t>(part_(defaults).*member) - 1;
        config::Key key{
            prefix_ + "." + name, config::Type::choice, names.at(place), "", "", names, "", doc};
        const std::string path = key.path;
        rows_.push_back({std::move(key), [=, part = part_](engine::Settings& settings,
                                                           const config::Config& config) {
                             const std::string given = config.text(path);
                             for (std::size_t i = 0; i < names.size(); ++i) {
                                 if (names[i] != given) continue;
                                 part(settings).*member = static_cast<Enumeration>(i + 1);
                             }
                         }});
        return *this;
    }

private:
    template <class T>
    static std::string written(const T& value) {
        if constexpr (std::same_as<T, bool>)
            return value ? "true" : "false";
        else if constexpr (std::integral<T>)
            return std::to_string(value);
        else if constexpr (std::same_as<T, Duration>)
            return to_string(value);
        else
            return value.to_string();
    }
    template <class T>
    static void read(const config::Config& config, const std::string& path, T& to) {
        if constexpr (std::same_as<T, bool>)
            to = config.flag(path);
        else if constexpr (std::integral<T>)
            to = static_cast<T>(config.whole(path));
        else if constexpr (std::same_as<T, Duration>)
            to = config.duration(path);
        else
            to = T{config.decimal(path)};
    }

    template <class T>
    Group& put(const char* name, T Part::* member, config::Type type, Range range,
               const char* doc) {
        engine::Settings defaults;
        config::Key key{prefix_ + "." + name,
                        type,
                        written(part_(defaults).*member),
                        std::move(range.min),
                        std::move(range.max),
                        {},
                        std::move(range.unit),
                        doc};
        const std::string path = key.path;
        rows_.push_back(
            {std::move(key), [path, member, part = part_](engine::Settings& settings,
                                                          const config::Config& config) {
                 read(config, path, part(settings).*member);
             }});
        return *this;
    }

    Rows& rows_;
    std::string prefix_;
    Find part_;
};

// One service a function; settings.cpp calls all.
void add_market_rows(Rows& rows);
void add_agents_rows(Rows& rows);
void add_consensus_rows(Rows& rows);
void add_execution_rows(Rows& rows);
void add_portfolio_rows(Rows& rows);
void add_risk_rows(Rows& rows);
void add_breaker_rows(Rows& rows);
void add_stop_rows(Rows& rows);

} // namespace grekko::app
