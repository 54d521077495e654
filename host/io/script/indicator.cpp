#include "io/script/indicator.hpp"

#include <cstdint>
#include <limits>

#include <grekko/ta/registry.hpp>

#include "io/script/parameters.hpp"
#include "io/script/series.hpp"

namespace grekko::script {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

} // namespace

double Feed::value() const {
    if (indicator != nullptr) return indicator->at(output, 0);
    const Row* const row = series->row(0);
    return row == nullptr ? unknown : row->column(column);
}

std::string Feed::text() const {
    if (indicator != nullptr) return indicator->signature() + "#" + std::to_string(output);
    return series->symbol() + "/" + to_string(series->interval()) + "." +
           std::string(column_names[static_cast<std::size_t>(column)]);
}

Result<std::unique_ptr<Indicator>> Indicator::make(const ta::Entry& entry,
                                                   const std::vector<double>& arguments,
                                                   const Series& series, std::vector<Feed> feeds,
                                                   std::size_t depth) {
    ta::Made made = ta::make(entry, arguments);
    if (!made.any) return make_error(ErrorCode::invalid_argument, std::move(made.error));
    const std::size_t wanted = entry.input == ta::Input::pair     ? 2
                               : entry.input == ta::Input::source ? 1
                                                                  : 0;
    if (feeds.size() != wanted) {
        return make_error(ErrorCode::invalid_argument,
                          std::string(entry.name) + " takes " + std::to_string(wanted) +
                              " inputs, got " + std::to_string(feeds.size()));
    }
    return std::unique_ptr<Indicator>{
        new Indicator{entry, std::move(*made.any), series, std::move(feeds), depth}};
}

Indicator::Indicator(const ta::Entry& entry, ta::Any any, const Series& series,
                     std::vector<Feed> feeds, std::size_t depth)
    : entry_{&entry},
      any_{std::move(any)},
      series_{&series},
      feeds_{std::move(feeds)},
      width_{entry.outputs().size()},
      depth_{depth} {
    signature_ = std::string(entry.name) + "(";
    for (std::size_t i = 0; i < entry.parameters().size(); ++i) {
        signature_ += (i == 0 ? "" : ",") + to_text(any_.arguments()[i]);
    }
    signature_ += ")";
    for (const Feed& feed : feeds_)
        signature_ += " " + feed.text();
}

bool Indicator::feed() {
    switch (entry_->input) {
    case ta::Input::source: return any_.update(feeds_[0].value());
    case ta::Input::pair: return any_.update(feeds_[0].value(), feeds_[1].value());
    case ta::Input::bar: break;
    }
    const Row* const row = series_->row(0);
    return row != nullptr &&
           any_.update(ta::Bar{row->open, row->high, row->low, row->close, row->volume});
}

void Indicator::update() {
    // A session is a day in UTC; session_vwap begins anew with it.
    constexpr std::int64_t day = 86'400'000'000'000;
    const Row* const now = series_->row(0);
    const Row* const before = series_->row(1);
    if (now != nullptr && before != nullptr && now->opened_at / day != before->opened_at / day) {
        any_.start_session();
    }
    if (!feed()) return;
    if (size_ < depth_) {
        newest_ = size_++;
        values_.resize(size_ * width_);
    } else {
        newest_ = newest_ + 1 == depth_ ? 0 : newest_ + 1;
    }
    const auto outputs = any_.outputs();
    for (std::size_t i = 0; i < width_; ++i)
        values_[newest_ * width_ + i] = outputs[i];
}

void Indicator::restart() {
    any_ = entry_->make(entry_->name, any_.arguments());
    values_.clear();
    newest_ = size_ = 0;
}

double Indicator::at(std::size_t output, std::size_t age) const {
    if (age >= size_ || output >= width_) return unknown;
    const std::size_t row = newest_ >= age ? newest_ - age : newest_ + size_ - age;
    return values_[row * width_ + output];
}

Indicator::Saved Indicator::save() const {
    Saved saved{signature_, size_, {}, {}};
    for (std::size_t age = size_; age > 0; --age) {
        for (std::size_t i = 0; i < width_; ++i)
            saved.values.push_back(at(i, age - 1));
    }
    saved.bytes.resize(any_.saved_size());
    any_.save(std::as_writable_bytes(std::span{saved.bytes}));
    return saved;
}

bool Indicator::load(const Saved& saved) {
    if (saved.signature != signature_ || saved.values.size() != saved.size * width_) return false;
    if (!any_.load(std::as_bytes(std::span{saved.bytes}))) return false;
    const std::size_t skipped = saved.size > depth_ ? saved.size - depth_ : 0;
    values_.assign(saved.values.begin() + static_cast<std::ptrdiff_t>(skipped * width_),
                   saved.values.end());
    size_ = saved.size - skipped;
    newest_ = size_ == 0 ? 0 : size_ - 1;
    return true;
}

} // namespace grekko::script
