// An indicator bound to a series: one of the SDK's registry, what feeds it, and its last values for
// ema[0], ema[1] … Fed once a closed bar. It is not shared between agents. Scripts make it with
// series:ema(48) and see it through handles.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <grekko/ta/any.hpp>

#include "base/result.hpp"

namespace grekko::ta {
struct Entry; // registry.hpp holds every indicator: only who makes one reads it
}

namespace grekko::script {

class Series;
class Indicator;
enum class Column : std::uint8_t;

// One number a bar: a column of a series, or an output of an indicator made before.
struct Feed {
    const Series* series{nullptr};
    Column column{};
    const Indicator* indicator{nullptr};
    std::size_t output{0};

    double value() const; // of the newest bar; NaN where there is none
    std::string text() const;
};

class Indicator {
public:
    // `feeds`: none for indicators of whole bars, one for those of a source, two for pairs.
    // invalid_argument: parameters out of range, in the registry's words.
    static Result<std::unique_ptr<Indicator>> make(const ta::Entry& entry,
                                                   const std::vector<double>& arguments,
                                                   const Series& series, std::vector<Feed> feeds,
                                                   std::size_t depth);

    void update();
    void restart();

    // Output number `output` as it was `age` bars ago; NaN where it is not known (yet).
    double at(std::size_t output, std::size_t age) const;
    std::size_t depth() const { return depth_; }
    bool ready() const { return any_.ready(); }
    const ta::Entry& entry() const { return *entry_; }
    // "ema(48) of close": equal for indicators that are interchangeable.
    const std::string& signature() const { return signature_; }

    struct Saved {
        std::string signature;
        std::uint64_t size{0};
        std::vector<double> values; // oldest row first
        std::vector<std::uint8_t> bytes;
        void fields(auto& archive) { archive(signature, size, values, bytes); }
    };
    Saved save() const;
    bool load(const Saved& saved); // false: of another signature, or damaged; nothing has changed

private:
    Indicator(const ta::Entry& entry, ta::Any any, const Series& series, std::vector<Feed> feeds,
              std::size_t depth);
    bool feed();

    const ta::Entry* entry_;
    ta::Any any_;
    const Series* series_;
    std::vector<Feed> feeds_;
    std::string signature_;
    std::size_t width_;
    std::size_t depth_;
    std::vector<double> values_; // a ring of rows of `width_`
    std::size_t newest_{0};
    std::size_t size_{0};
};

} // namespace grekko::script
