// The table of all indicators: name, parameters with default and range, kind of input, names of the
// outputs, and how to make one. Layers that bind indicators by name (scripts, editors, docs) read
// it; native strategies include the types instead. Wrong names and parameters come back as one
// sentence that says what is wrong and what is allowed. Nothing here throws or has state.
#pragma once

#include "grekko/ta/any.hpp"
#include "grekko/ta/averages.hpp"
#include "grekko/ta/averages_derived.hpp"
#include "grekko/ta/cross.hpp"
#include "grekko/ta/momentum.hpp"
#include "grekko/ta/range.hpp"
#include "grekko/ta/statistics.hpp"
#include "grekko/ta/trend.hpp"
#include "grekko/ta/volatility.hpp"
#include "grekko/ta/volume.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace grekko::ta {

// Bars: the largest window that can be asked for by name. It bounds memory and time per bar.
inline constexpr double window_max = 10'000;

struct Parameter {
    std::string_view name;
    double fallback = 0.0; // what an omitted argument counts as
    double min = 0.0;
    double max = 0.0;
    bool whole = true;
};

struct Entry {
    std::string_view name;
    std::string_view summary;
    Input input;
    std::array<std::string_view, outputs_max> output_names;
    std::array<Parameter, parameters_max> parameter_table;
    Any (*make)(std::string_view name, const Arguments& arguments);

    std::span<const std::string_view> outputs() const {
        std::size_t count = 0;
        while (count < outputs_max && !output_names[count].empty()) {
            ++count;
        }
        return {output_names.data(), count};
    }
    std::span<const Parameter> parameters() const {
        std::size_t count = 0;
        while (count < parameters_max && !parameter_table[count].name.empty()) {
            ++count;
        }
        return {parameter_table.data(), count};
    }
};

namespace detail {

using Whole = std::size_t;
using Real = double;

template <class Indicator, class... Kinds>
Any construct(std::string_view name, const Arguments& arguments) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return Any{name, arguments, Indicator(static_cast<Kinds>(arguments[I])...)};
    }(std::index_sequence_for<Kinds...>{});
}

using Names = std::array<std::string_view, outputs_max>;
using Parameters = std::array<Parameter, parameters_max>;

// Kinds are the types of the constructor's parameters, in the order of the table.
template <class Indicator, class... Kinds>
constexpr Entry entry(std::string_view name, std::string_view summary, Input input,
                      const Parameters& parameters, const Names& outputs = {"value"}) {
    return {name, summary, input, outputs, parameters, construct<Indicator, Kinds...>};
}

constexpr Parameter whole(std::string_view name, double fallback, double min = 1) {
    return {name, fallback, min, window_max, true};
}

constexpr Parameter real(std::string_view name, double fallback, double max) {
    return {name, fallback, 0.0, max, false};
}

constexpr Parameters window(double fallback, double min = 1) {
    return {whole("window", fallback, min)};
}

inline constexpr std::array table{
    entry<Sma, Whole>("sma", "simple moving average", Input::source, window(20)),
    entry<Ema, Whole>("ema", "exponential moving average", Input::source, window(20)),
    entry<Wma, Whole>("wma", "linearly weighted moving average", Input::source, window(20)),
    entry<Rma, Whole>("rma", "Wilder's running average", Input::source, window(14)),
    entry<Hma, Whole>("hma", "Hull moving average", Input::source, window(16)),
    entry<Kama, Whole, Whole, Whole>("kama", "Kaufman's adaptive moving average", Input::source,
                                     {whole("window", 10), whole("fast", 2), whole("slow", 30)}),
    entry<Dema, Whole>("dema", "double exponential moving average", Input::source, window(20)),
    entry<Tema, Whole>("tema", "triple exponential moving average", Input::source, window(20)),
    entry<Trix, Whole>("trix", "percent change of a triple EMA", Input::source, window(15)),
    entry<Vwap, Whole>("vwap", "volume-weighted average price, rolling", Input::bar, window(20)),
    entry<SessionVwap, Whole>(
        "session_vwap",
        "volume-weighted average price since the session began; 0 bars: the host begins sessions",
        Input::bar, {whole("bars", 0, 0)}),
    entry<Obv>("obv", "on-balance volume", Input::bar, {}),
    entry<Mfi, Whole>("mfi", "money flow index, 0 to 100", Input::bar, window(14)),
    entry<Momentum, Whole>("momentum", "change over the window", Input::source, window(10)),
    entry<Roc, Whole>("roc", "rate of change, percent", Input::source, window(10)),
    entry<Rsi, Whole>("rsi", "relative strength index, 0 to 100", Input::source, window(14)),
    entry<Cmo, Whole>("cmo", "Chande's momentum oscillator, -100 to 100", Input::source,
                      window(14)),
    entry<Macd, Whole, Whole, Whole>("macd", "moving average convergence divergence", Input::source,
                                     {whole("fast", 12), whole("slow", 26), whole("signal", 9)},
                                     {"line", "signal", "histogram"}),
    entry<Highest, Whole>("highest", "largest value", Input::source, window(20)),
    entry<Lowest, Whole>("lowest", "smallest value", Input::source, window(20)),
    entry<Donchian, Whole>("donchian", "Donchian channel", Input::bar, window(20),
                           {"middle", "upper", "lower"}),
    entry<Stochastic, Whole, Whole, Whole>(
        "stochastic", "slow stochastic, 0 to 100", Input::bar,
        {whole("window", 14), whole("slowing", 3), whole("signal", 3)}, {"k", "d"}),
    entry<WilliamsR, Whole>("williams_r", "Williams %R, -100 to 0", Input::bar, window(14)),
    entry<Cci, Whole>("cci", "commodity channel index", Input::bar, window(20)),
    entry<Aroon, Whole>("aroon", "Aroon", Input::bar, window(14), {"oscillator", "up", "down"}),
    entry<TrueRange>("true_range", "true range", Input::bar, {}),
    entry<Atr, Whole>("atr", "average true range", Input::bar, window(14)),
    entry<Bbands, Whole, Real>("bbands", "Bollinger bands", Input::source,
                               {whole("window", 20), real("multiplier", 2.0, 100)},
                               {"middle", "upper", "lower", "width", "percent_b"}),
    entry<Keltner, Whole, Whole, Real>(
        "keltner", "Keltner channel", Input::bar,
        {whole("window", 20), whole("atr_window", 10), real("multiplier", 2.0, 100)},
        {"middle", "upper", "lower"}),
    entry<RealisedVolatility<>, Whole>(
        "realised_volatility", "exponentially weighted volatility of simple returns, per bar",
        Input::source, {whole("half_life", 60)}),
    entry<Adx, Whole>("adx", "average directional index", Input::bar, window(14),
                      {"adx", "plus_di", "minus_di"}),
    entry<Supertrend, Whole, Real>("supertrend", "supertrend", Input::bar,
                                   {whole("window", 10), real("multiplier", 3.0, 100)},
                                   {"value", "direction"}),
    entry<Psar, Real, Real>("psar", "parabolic stop and reverse", Input::bar,
                            {real("acceleration", 0.02, 1), real("maximum", 0.2, 1)},
                            {"value", "direction"}),
    entry<Variance, Whole>("variance", "population variance", Input::source, window(20)),
    entry<Stddev, Whole>("stddev", "population standard deviation", Input::source, window(20)),
    entry<Zscore, Whole>("zscore", "distance from the mean in standard deviations", Input::source,
                         window(20)),
    entry<Median, Whole>("median", "median", Input::source, window(20)),
    entry<PercentRank, Whole>("percent_rank", "percent of earlier values that are at most as large",
                              Input::source, window(100)),
    entry<Linreg, Whole>("linreg", "least-squares line", Input::source, window(14, 2),
                         {"value", "slope", "intercept", "r2"}),
    entry<Correlation, Whole>("correlation", "Pearson correlation of two series", Input::pair,
                              window(20, 2)),
    entry<Crossover>("crossover", "1 where the first series rises above the second", Input::pair,
                     {}),
    entry<Crossunder>("crossunder", "1 where the first series falls below the second", Input::pair,
                      {})};

inline std::string text(double x) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), x).ptr;
    return {digits.data(), end};
}

inline std::string joined(auto&& items, auto&& name_of) {
    std::string list;
    for (const auto& item : items) {
        list += list.empty() ? "" : ", ";
        list += name_of(item);
    }
    return list;
}

// Empty if x is legal.
inline std::string parameter_error(const Entry& entry, const Parameter& parameter, double x) {
    const bool in_range = x >= parameter.min && x <= parameter.max;
    if (in_range && (!parameter.whole || x == std::floor(x))) return {};
    return std::string{entry.name} + ": " + std::string{parameter.name} + " must be a " +
           (parameter.whole ? "whole number" : "number") + " from " + text(parameter.min) + " to " +
           text(parameter.max) + ", got " + text(x);
}

// The rules between parameters: those called fast and slow, acceleration and maximum are ordered.
inline std::string order_error(const Entry& entry, const Arguments& arguments) {
    const auto parameters = entry.parameters();
    for (std::size_t i = 0; i + 1 < parameters.size(); ++i) {
        const bool strict = parameters[i].name == "fast";
        const bool ordered = strict || parameters[i].name == "acceleration";
        const double low = arguments[i];
        const double high = arguments[i + 1];
        if (!ordered || low < high || (!strict && low == high)) continue;
        return std::string{entry.name} + ": " + std::string{parameters[i].name} + " must be " +
               (strict ? "below " : "at most ") + std::string{parameters[i + 1].name} + ", got " +
               text(low) + " and " + text(high);
    }
    return {};
}

} // namespace detail

// All entries, in the order of the documentation. [any]
inline std::span<const Entry> entries() {
    return detail::table;
}

// Null if there is no indicator of this name. [any]
inline const Entry* find(std::string_view name) {
    for (const Entry& entry : entries()) {
        if (entry.name == name) return &entry;
    }
    return nullptr;
}

// An indicator, or why there is none: exactly one of the two is set.
struct Made {
    std::optional<Any> any;
    std::string error;
};

struct NamedArgument {
    std::string_view name;
    double value = 0.0;
};

// Makes an indicator of the entry; arguments in the entry's order, omitted ones take the default.
inline Made make(const Entry& entry, std::span<const double> given) {
    const auto parameters = entry.parameters();
    if (given.size() > parameters.size()) {
        const auto names = detail::joined(parameters, [](const auto& p) { return p.name; });
        const auto takes = names.empty() ? "no parameters, got " : "(" + names + "), got ";
        const auto unit = names.empty() ? "" : " parameters";
        return {{},
                std::string{entry.name} + " takes " + takes + std::to_string(given.size()) + unit};
    }
    Arguments arguments{};
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        arguments[i] = i < given.size() ? given[i] : parameters[i].fallback;
        auto error = detail::parameter_error(entry, parameters[i], arguments[i]);
        if (!error.empty()) return {{}, std::move(error)};
    }
    auto error = detail::order_error(entry, arguments);
    if (!error.empty()) return {{}, std::move(error)};
    return {entry.make(entry.name, arguments), {}};
}

inline Made make(std::string_view name, std::span<const double> given = {}) {
    if (const Entry* entry = find(name)) return make(*entry, given);
    return {{},
            "there is no indicator '" + std::string{name} + "'; there are " +
                detail::joined(entries(), [](const Entry& e) { return e.name; })};
}

// The same with arguments by name, in any order; the last of equal names counts.
inline Made make_named(std::string_view name, std::span<const NamedArgument> given) {
    const Entry* entry = find(name);
    if (entry == nullptr) return make(name);
    const auto parameters = entry->parameters();
    Arguments arguments{};
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        arguments[i] = parameters[i].fallback;
    }
    for (const auto& [parameter, value] : given) {
        std::size_t i = 0;
        while (i < parameters.size() && parameters[i].name != parameter) {
            ++i;
        }
        if (i == parameters.size()) {
            const auto names = detail::joined(parameters, [](const auto& p) { return p.name; });
            return {{},
                    std::string{name} + " has no parameter '" + std::string{parameter} +
                        "'; it has " + (names.empty() ? "none" : names)};
        }
        arguments[i] = value;
    }
    return make(*entry, std::span{arguments}.first(parameters.size()));
}

} // namespace grekko::ta
