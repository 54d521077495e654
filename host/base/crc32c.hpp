// CRC-32C (Castagnoli, polynomial 0x1EDC6F41) and the checksum of a journal or tape frame.
// They find damage: torn writes, flipped bits. They are no protection against intent.
// Hardware and table give equal values on every machine. io and the engine's frames use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace grekko {

// The CRC-32C of data, as in RFC 3720: of "123456789" it is 0xE3069283. Of two pieces:
// crc32c(second, crc32c(first)).
std::uint32_t crc32c(std::span<const std::byte> data, std::uint32_t previous = 0);

// One checksum of a whole frame, four times as fast as crc32c of it, because four lanes run side by
// side. Definition: the frame is cut into blocks of 32 bytes; lane i (0 … 3) is the CRC-32C of the
// bytes 8i … 8i+7 of every full block, in order; the checksum is the CRC-32C of the four lanes
// (each as four bytes, lowest first), then the up to 31 bytes after the last full block, then the
// length of the frame as eight bytes, lowest first.
std::uint32_t frame_checksum(std::span<const std::byte> frame);

// The same two without special instructions, for machines that have none and for tests.
std::uint32_t crc32c_portable(std::span<const std::byte> data, std::uint32_t previous = 0);
std::uint32_t frame_checksum_portable(std::span<const std::byte> frame);

} // namespace grekko
