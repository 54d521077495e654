// One attempt for each macro; CTest compiles them one by one and expects all but DOOR_open to fail.
#include "core/risk/assessment.hpp"

namespace grekko {

#if defined(DOOR_open)
const Order& read(const Approved& approved) { return approved.order(); }
#elif defined(DOOR_key)
Approved make(Order order) { return Approved{Approved::Key(), order}; }
#elif defined(DOOR_braces)
Approved make(Order order) { return Approved{{}, order}; }
#elif defined(DOOR_subclass)
struct Forged : Approved {
    Forged() = default;
};
Forged make() { return {}; }
#elif defined(DOOR_assessment)
risk::Assessment make() { return {}; }
#elif defined(DOOR_gate_friend)
struct Gate {
    static Approved make(Order order) { return Approved{Approved::Key(), order}; }
};
#else
#error "name a door"
#endif

}  // namespace grekko
