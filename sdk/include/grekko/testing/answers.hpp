// Answers: the actions of one call as a test reads them, validated as far as their form goes:
// sizes, kinds, the event they answer. Whether they are wise is the test's question.
// FakeHost makes them.
#pragma once

#include <grekko/batch.hpp>

#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace grekko::sdk::testing {

using Answer = std::variant<grekko_target, grekko_close, grekko_cancel, grekko_vote, grekko_mandate,
                            grekko_place, grekko_move_stop>;

class Answers : public std::vector<Answer> {
public:
    // The only action, which must be of this kind; throws std::runtime_error otherwise.
    template <class Action>
    const Action& only() const {
        if (size() != 1)
            throw std::runtime_error{std::to_string(size()) + " actions instead of one"};
        const Action* action = std::get_if<Action>(&front());
        if (action == nullptr) throw std::runtime_error{"the action is of another kind"};
        return *action;
    }
};

namespace detail {

template <class Action>
Answer whole(const void* at, const grekko_action& head) {
    if (head.size != sizeof(Action))
        throw std::runtime_error{"the strategy wrote an action of a wrong size"};
    return read<Action>(at, head.size);
}

inline Answer answer(const grekko_action& head, const void* at) {
    switch (head.kind) {
    case GREKKO_ACTION_TARGET: return whole<grekko_target>(at, head);
    case GREKKO_ACTION_CLOSE: return whole<grekko_close>(at, head);
    case GREKKO_ACTION_CANCEL:
    case GREKKO_ACTION_CANCEL_QUOTES: return whole<grekko_cancel>(at, head);
    case GREKKO_ACTION_VOTE: return whole<grekko_vote>(at, head);
    case GREKKO_ACTION_MANDATE: return whole<grekko_mandate>(at, head);
    case GREKKO_ACTION_QUOTE: return whole<grekko_place>(at, head);
    case GREKKO_ACTION_STOP: return whole<grekko_move_stop>(at, head);
    default: throw std::runtime_error{"the strategy wrote an action of an unknown kind"};
    }
}

} // namespace detail

// ask: of the one event that was sent; 0: several were.
inline Answers answers(const grekko_output& output, std::uint64_t ask) {
    Answers out;
    const bool whole = each_record<grekko_action>(
        output.data, output.bytes, output.count, [&](const grekko_action& head, const void* at) {
            if (ask != 0 && head.ask != ask)
                throw std::runtime_error{"the strategy answered an event that was not asked"};
            out.push_back(detail::answer(head, at));
        });
    if (!whole) throw std::runtime_error{"the strategy counted its actions wrongly"};
    return out;
}

} // namespace grekko::sdk::testing
