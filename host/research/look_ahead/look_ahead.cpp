#include "research/look_ahead/look_ahead.hpp"

#include <algorithm>
#include <cmath>

#include "base/assert.hpp"
#include "base/random.hpp"
#include "research/look_ahead/tampered_tape.hpp"
#include "research/look_ahead/witness.hpp"
#include "runtime/memory_journal.hpp"

namespace grekko::research {
namespace {

constexpr std::size_t findings_max = 100;
constexpr std::uint64_t cut_stream = 0xC07;

std::string agent_name(const Trial& trial, std::size_t place) {
    return trial.request.agents[place].agent->description().name.string();
}

// What one run was asked to do and what came of it.
struct Run {
    TrialOptions options;
    Instant from;  // none: the tape's begin
    Instant last;  // T: nothing received later is fed; none: everything is
    Instant until; // time goes on to here after T
    bool keep_parameters{false};
};
struct Ran {
    Actions actions;
    std::vector<std::string> agents;
    std::vector<FixedParameters> parameters;
    bool parameters_moved{false}; // changed while the tape was running
};

class Runner {
public:
    explicit Runner(const MakeTrial& make) : make_{make} {}

    Result<Ran> run(const Run& run) {
        Ran out;
        TRY(trial, make_(run.options));
        for (std::size_t i = 0; i < trial.request.agents.size(); ++i)
            out.agents.push_back(agent_name(trial, i));
        const auto witnesses = watch(trial.request.agents, out.actions);
        runtime::MemoryTapeReader reader{*run.options.tape};
        runtime::MemoryJournal journal{runtime::MemoryJournal::Keep::nothing};
        SessionRequest& request = trial.request;
        request.source = &reader;
        request.recorder = nullptr;
        request.journal = &journal;
        request.from = run.from;
        request.to = Instant{};
        request.start = Instant{};
        request.options.write_snapshots = false;
        request.hooks = {};
        if (run.keep_parameters) keep_parameters(request, out);
        Session* session = nullptr;
        std::optional<Error> failed;
        request.hooks.before_group = [&](Instant next) {
            if (run.last.is_none() || next <= run.last) return true;
            if (const auto done = session->driver().advance(run.until); !done) {
                failed = done.error();
            }
            return false;
        };
        TRY(opened, Session::open(std::move(request)));
        session = opened.get();
        TRY(session->run());
        if (failed) return *failed;
        return out;
    }

private:
    static void keep_parameters(SessionRequest& request, Ran& out) {
        request.hooks.on_records = [&out](std::span<const std::byte> records) {
            engine::for_each_record(records, [&](const RecordHead& head) {
                visit_record(head, [&](const auto& body, const RecordHead&) {
                    using Body = std::remove_cvref_t<decltype(body)>;
                    if constexpr (std::is_same_v<Body, GenerationCut>) {
                        out.parameters.push_back({std::to_string(body.agent.value()),
                                                  body.code_hash.string(),
                                                  body.parameters_hash.string()});
                        // Of an input the causation is its place on the tape.
                        const bool running = !head.causation.is_none();
                        out.parameters_moved = out.parameters_moved || running;
                    }
                });
            });
        };
    }

    const MakeTrial& make_;
};

// What both runs had to do alike: all up to T, and what followed from it before a venue answered
// or the next record came.
Instant end_of_known(const Actions& first, const Actions& second, Instant last, Instant next) {
    Instant end = next;
    for (const Actions* actions : {&first, &second}) {
        for (const Acted& acted : *actions) {
            if (acted.at > last && acted.news()) end = std::min(end, acted.at);
        }
    }
    return end;
}

Actions known(const Actions& all, Instant end) {
    Actions out;
    for (const Acted& acted : all)
        if (acted.at < end) out.push_back(acted);
    return out;
}

std::string say(const Acted* acted) {
    if (acted == nullptr) return "nothing";
    if (acted->actions.empty()) return "no action";
    const Action& action = acted->actions.front();
    return std::to_string(acted->actions.size()) + " actions, first " +
           std::to_string(static_cast<int>(action.kind)) + " with " + action.amount.to_string();
}

class Tests {
public:
    explicit Tests(const LookAheadRequest& request)
        : request_{request},
          runner_{request.make},
          instants_{instants_of(*request.tape)} {}

    Result<LookAheadResult> run() {
        if (instants_.size() < 3) {
            return make_error(ErrorCode::invalid_input,
                              "the tape has too few records for look-ahead tests");
        }
        Run whole;
        whole.options.tape = request_.tape;
        whole.keep_parameters = true;
        TRY(reference, runner_.run(whole));
        parameters(reference);
        const std::size_t cuts = std::min(request_.cuts, instants_.size() - 2);
        total_ = 2 * cuts + 3 * reference.agents.size() + 1;
        step();
        TRY(cut_and_noise(reference, cuts));
        for (std::size_t i = 0; i < reference.agents.size(); ++i)
            TRY(warm_up(i, reference.agents[i]));
        return std::move(result_);
    }

private:
    void step() {
        if (request_.progress) request_.progress(++done_, total_);
    }
    void find(LookAheadFinding finding) {
        if (result_.findings.size() < findings_max) result_.findings.push_back(std::move(finding));
    }

    // (d): one start an agent, before the tape runs.
    void parameters(Ran& reference) {
        for (std::size_t i = 0; i < reference.parameters.size(); ++i) {
            FixedParameters& fixed = reference.parameters[i];
            if (i < reference.agents.size()) fixed.agent = reference.agents[i];
        }
        const bool once = reference.parameters.size() == reference.agents.size();
        if (reference.parameters_moved || !once) {
            find({LookAheadTest::parameters,
                  "",
                  {},
                  {},
                  "code or parameters of an agent changed while the tape was running"});
        }
        result_.parameters = std::move(reference.parameters);
    }

    std::vector<std::size_t> draw(std::size_t cuts) const {
        Random random{request_.seed, cut_stream};
        std::set<std::size_t> drawn;
        while (drawn.size() < cuts)
            drawn.insert(static_cast<std::size_t>(random.below(instants_.size() - 2)) + 1);
        return {drawn.begin(), drawn.end()};
    }

    // (a) and (b).
    Result<void> cut_and_noise(const Ran& reference, std::size_t cuts) {
        for (const std::size_t index : draw(cuts)) {
            const Instant last = instants_[index], next = instants_[index + 1];
            Run run;
            run.last = last;
            run.until = next - Duration::nanoseconds(1);
            const runtime::MemoryTape shortened = cut_after(*request_.tape, last, next);
            run.options.tape = &shortened;
            TRY(cut, runner_.run(run));
            compare(LookAheadTest::cut, reference, cut, last, next);
            ++result_.cuts;
            step();
            const runtime::MemoryTape noisy =
                noise_after(*request_.tape, last, request_.seed + index);
            run.options.tape = &noisy;
            TRY(noise, runner_.run(run));
            compare(LookAheadTest::noise, reference, noise, last, next);
            ++result_.noises;
            step();
        }
        return {};
    }

    void compare(LookAheadTest test, const Ran& reference, const Ran& other, Instant last,
                 Instant next) {
        const Instant end = end_of_known(reference.actions, other.actions, last, next);
        const Actions was = known(reference.actions, end), is = known(other.actions, end);
        const std::size_t most = std::max(was.size(), is.size());
        result_.answers += most;
        for (std::size_t i = 0; i < most; ++i) {
            const Acted* a = i < was.size() ? &was[i] : nullptr;
            const Acted* b = i < is.size() ? &is[i] : nullptr;
            if (a != nullptr && b != nullptr && *a == *b) continue;
            const Acted& acted = a != nullptr ? *a : *b;
            return find({test, reference.agents[acted.agent], acted.at, last,
                         "with the real future it did " + say(a) + ", with another " + say(b)});
        }
    }

    // (c)
    Result<void> warm_up(std::size_t place, const std::string& agent) {
        TrialOptions options;
        options.tape = request_.tape;
        options.only = place;
        TRY(probe, request_.make(options));
        const WarmUp warm = probe.warmups.at(0);
        probe = Trial{};
        if (warm.span.count() <= 0) {
            for (int i = 0; i < 3; ++i)
                step();
            return {};
        }
        const Duration longest = warm.span * 4 + warm.interval;
        const Instant begin = instants_.front() + longest;
        const auto first = std::ranges::lower_bound(instants_, begin);
        if (first == instants_.end()) {
            find({LookAheadTest::warm_up,
                  agent,
                  {},
                  {},
                  "the tape is shorter than four times the warm-up"});
            return {};
        }
        const Instant start = *first;
        const Instant end = start + warm.interval * static_cast<std::int64_t>(request_.window);
        std::optional<Actions> reference;
        for (const int times : {4, 2, 1}) {
            Run run;
            run.options = options;
            run.options.silent_until = start;
            run.from = start - warm.span * times - warm.interval / 2;
            run.last = end;
            run.until = end;
            TRY(ran, runner_.run(run));
            if (!reference) reference = ran.actions;
            decide(agent, times, *reference, ran.actions);
            step();
        }
        return {};
    }

    struct Decision {
        Instant at;
        ActionKind kind{};
        InstrumentId instrument;
        int side{0};
        double amount{0}, stop{0}, confidence{0};
        bool same(const Decision& o) const {
            return at == o.at && kind == o.kind && instrument == o.instrument && side == o.side;
        }
    };
    static std::vector<Decision> decisions(const Actions& actions) {
        std::vector<Decision> out;
        for (const Acted& acted : actions) {
            for (const Action& a : acted.actions) {
                const bool decides = a.kind == ActionKind::target || a.kind == ActionKind::close ||
                                     a.kind == ActionKind::stop || a.kind == ActionKind::mandate;
                if (!decides) continue;
                const int side = a.amount.is_zero() ? 0 : a.amount.is_negative() ? -1 : 1;
                out.push_back({acted.at, a.kind, a.instrument, side, a.amount.to_double(),
                               a.stop.to_double(), a.confidence.to_double()});
            }
        }
        return out;
    }
    static double apart(double a, double b) {
        const double size = std::max(std::abs(a), std::abs(b));
        return size > 0 ? std::abs(a - b) / size : 0;
    }

    void decide(const std::string& agent, int times, const Actions& reference,
                const Actions& other) {
        const std::vector<Decision> was = decisions(reference), is = decisions(other);
        WarmUpDrift drift{agent, times, was.size(), 0, 0};
        for (std::size_t i = 0; i < std::max(was.size(), is.size()); ++i) {
            if (i < was.size() && i < is.size() && was[i].same(is[i])) {
                drift.drift = std::max({drift.drift, apart(was[i].amount, is[i].amount),
                                        apart(was[i].stop, is[i].stop),
                                        apart(was[i].confidence, is[i].confidence)});
                continue;
            }
            ++drift.different;
            if (drift.different > 1) continue;
            const Instant at = i < is.size() ? is[i].at : was[i].at;
            find({LookAheadTest::warm_up,
                  agent,
                  at,
                  {},
                  std::to_string(times) + " times the warm-up leads to other decisions than four "
                                          "times: declare a longer one"});
        }
        result_.warm_ups.push_back(drift);
    }

    const LookAheadRequest& request_;
    Runner runner_;
    std::vector<Instant> instants_;
    LookAheadResult result_;
    std::uint64_t done_{0}, total_{0};
};

} // namespace

std::string_view name(LookAheadTest test) {
    switch (test) {
    case LookAheadTest::cut: return "cut";
    case LookAheadTest::noise: return "noise";
    case LookAheadTest::warm_up: return "warm_up";
    case LookAheadTest::parameters: return "parameters";
    }
    return "unknown";
}

std::string LookAheadResult::summary() const {
    const std::string counts = std::to_string(cuts) + " cuts, " + std::to_string(noises) +
                               " noises, " + std::to_string(warm_ups.size()) + " warm-ups, " +
                               std::to_string(answers) + " answers compared";
    if (passed()) return "passed (" + counts + ")";
    const LookAheadFinding& first = findings.front();
    return "FAILED (" + counts + "): " + std::string{name(first.test)} + ", " + first.agent + ": " +
           first.what;
}

Result<LookAheadResult> look_ahead(const LookAheadRequest& request) {
    ASSERT(request.tape != nullptr);
    return Tests{request}.run();
}

} // namespace grekko::research
