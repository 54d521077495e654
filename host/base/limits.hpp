// Every limit of the host, named once. Full means refuse and count, never grow and never spin.
// Limits on money are not here: they are settings of risk and belong to a book.
// Everyone reads these; static_asserts below relate them to one another.
#pragma once

#include <cstddef>
#include <cstdint>

namespace grekko::limits {

inline constexpr std::size_t instruments_max = 20'000;
inline constexpr std::size_t venues_max = 64;
inline constexpr std::size_t agents_max = 12'000;
inline constexpr std::size_t open_orders_max = 1'100'000;
inline constexpr std::size_t book_levels_max = 50'000;   // a side

inline constexpr std::size_t mailbox_inputs_max = 65'536;
inline constexpr std::size_t records_per_step_max = 65'536;
inline constexpr std::size_t frame_bytes_max = 32U << 20U;
inline constexpr std::size_t batch_records_max = 4'096;  // records before a batch is closed

inline constexpr std::size_t journal_queue_batches_max = 4'096;
inline constexpr std::size_t journal_queue_bytes_max = 64U << 20U;

inline constexpr std::size_t actions_per_answer_max = 256;
inline constexpr std::size_t timers_per_agent_max = 64;
inline constexpr std::size_t bars_per_subscription_max = 8;
inline constexpr std::size_t faults_kept_max = 16;            // an agent
inline constexpr std::size_t intents_kept_max = 65'536;    // decided ones, oldest dropped first
inline constexpr std::size_t past_rounds_max = 256;           // for votes that come late
inline constexpr std::size_t observed_rounds_max = 65'536; // waiting for the end of their horizon

inline constexpr std::size_t script_bytes_max = 256U << 10U;
inline constexpr std::size_t script_memory_max = 64U << 20U;
inline constexpr std::size_t log_lines_per_second_max = 100;

inline constexpr std::size_t config_bytes_max = 1U << 20U;
inline constexpr std::size_t csv_line_bytes_max = 1U << 16U;
inline constexpr std::size_t json_message_bytes_max = 32U << 20U;

static_assert(frame_bytes_max <= journal_queue_bytes_max, "every frame fits the queue");
static_assert(batch_records_max <= records_per_step_max);
static_assert(agents_max < 0xFFFE, "two ids above are the pseudo-agents");
static_assert(instruments_max < 0xFFFF);

}  // namespace grekko::limits
