#include "research/sim/checks.hpp"

#include "core/engine/frame.hpp"

namespace grekko::sim {
namespace {

constexpr std::size_t trail_max = 40;

template <class Check, class Body>
void tell(Check& check, const Body& body, const Scene& scene) {
    if constexpr (requires { check.on(body, scene); }) check.on(body, scene);
}

template <class Check>
void finish(Check& check, const Look& look) {
    if constexpr (requires { check.after(look); }) check.after(look);
}

std::string line(const RecordHead& head) {
    return std::to_string(head.sequence.value()) + " " + to_string(head.at) + " " +
           std::string{record_name(head.tag)} + " (of " + std::to_string(head.correlation.value()) +
           ", by " + std::to_string(head.causation.value()) + ")";
}

} // namespace

void Checks::records(std::span<const std::byte> records, Findings& findings) {
    engine::for_each_record(records, [&](const RecordHead& record) {
        trail_.push_back(line(record));
        if (trail_.size() > trail_max) trail_.pop_front();
        visit_record(record, [&](const auto& body, const RecordHead& head) {
            const Scene scene{head, story_, plan_, shown_, truth_, findings};
            std::apply([&](auto&... check) { (tell(check, body, scene), ...); }, all_);
            story_.on(body, head);
        });
    });
}

void Checks::step_over(const engine::Engine& engine, Instant now, Findings& findings) {
    const Look look{engine, story_, plan_, truth_, now, findings};
    std::apply([&](auto&... check) { (finish(check, look), ...); }, all_);
}

} // namespace grekko::sim
