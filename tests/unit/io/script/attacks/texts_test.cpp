// Patterns that backtrack, texts that grow, formats that overflow: work that is done in C, where no
// hook of the interpreter counts it.
#include "unit/io/script/attacks/attack.hpp"

namespace grekko::script {
namespace {

const Attack texts[] = {
    {"A18FindBacktracking", Ends::killed, "(('a'):rep(30000)):find(('a-'):rep(8)..'b')"},
    {"A19LazyBacktracking", Ends::killed, "((' '):rep(200000)):find('.-.-.-x')"},
    {"A20BalancedAbuse", Ends::killed,
     "local s=('('):rep(100000) for i=1,1e9 do s:find('%b()', i) end"},
    {"A20BalancedInGmatch", Ends::killed, "for _ in (('('):rep(100000)):gmatch('%b()%b()') do end"},
    {"A20Frontier", Ends::killed, "while true do (('a '):rep(50000)):find('%f[b]b') end"},
    {"A20HugeSet", Ends::killed, "local s=('a'):rep(100000) s:find('['..('b'):rep(100000)..']')"},
    {"A21TooManyCaptures", Ends::error, "(('a'):rep(40)):match(('(a)'):rep(33))",
     "too many captures"},
    {"A21TooDeep", Ends::error, "(('a'):rep(300)):match(('a?'):rep(300)..('a'):rep(300)..'b')",
     "too complex"},
    {"A22GsubExpansion", Ends::killed,
     "local s=('a'):rep(900000) while true do s=s:gsub('a','%0%0') end"},
    {"A22GsubDoubling", Ends::out_of_memory,
     "local s=('a'):rep(2000) while true do s=s:gsub('.+','%0%0') end"},
    {"A23GsubCallbackSpin", Ends::killed, "pcall(string.gsub, 'abc', '.', spin)"},
    {"A23GsubCallbackError", Ends::error, "string.gsub('abc', '.', function() error('inside') end)",
     "inside"},
    {"A24RepEmpty", Ends::error, "(''):rep(1<<60)", "larger than"},
    {"A25RepHuge", Ends::error, "('x'):rep(1<<33)", "larger than"},
    {"A25RepSeparator", Ends::error, "('x'):rep(1000000, ('y'):rep(1000))", "larger than"},
    {"A26ConcatDoubling", Ends::out_of_memory, "local s='x' while true do s=s..s end"},
    {"A38CompareBigTexts", Ends::out_of_time,
     "local a=('a'):rep(1000000) local b=('a'):rep(999999)..'b' while true do local c=a<b end"},
    {"A38EqualBigTexts", Ends::out_of_time,
     "local a=('a'):rep(1000000) local b=('a'):rep(999999)..'b' while true do local c=a==b end"},
    {"A38CompareIsBoundByTheBlock", Ends::error, "local a=('a'):rep(3000000) return a<a",
     "larger than"},
    // A text of spaces and a digit is a number, and to read it takes as long as it is.
    {"A38NumberOfSpaces", Ends::killed,
     "local s=(' '):rep(1000000)..'1' while true do math.floor(s) end"},
    {"A38LoopToANumberOfSpaces", Ends::out_of_time,
     "local s=(' '):rep(1000000)..'1' while true do for i=1,s do end end"},
    {"A71FormatWidth", Ends::error, "string.format('%99999d', 1)", "format"},
    {"A71FormatFlags", Ends::error, "string.format('%'..('-'):rep(1000)..'d', 1)", "format"},
    {"A71FormatUnfinished", Ends::error, "string.format('%')", "format"},
    {"A71FormatOfANamelessType", Ends::contained,
     "local o = setmetatable({}, {__name={}}) local all = {} for i=1,200 do all[i] = o end "
     "local s = string.format(('%s'):rep(200)..('x'):rep(2000), table.unpack(all)) "
     "assert(#s == 200 * 5 + 2000) self:log(table.unpack(all))"},
    {"A71PackLong", Ends::error, "string.pack(('i16'):rep(100000), 1)", "number expected"},
    {"A71PackPadding", Ends::out_of_memory, "string.pack('c1000000000', 'x')"},
    {"A71PackPaddingLoop", Ends::killed, "while true do string.pack('c500000', 'x') end"},
    {"A71PackSize", Ends::error, "string.packsize(('c2147483647'):rep(2))", "too large"},
    {"A71PackAlignment", Ends::error, "string.pack('!3 Xi3', 1)", "power of 2"},
    {"A71UnpackBeyond", Ends::error, "string.unpack('c1000000000', 'x')", "too short"},
    {"A71UnpackNegative", Ends::contained,
     "assert(string.unpack('<i4', 'abcd', -9223372036854775807) == 0x64636261)"},
    {"A72Utf8Codepoints", Ends::killed,
     "local s = ('x'):rep(900000) while true do pcall(utf8.codepoint, s, 1, -1) end"},
    {"A72Utf8CodepointsOnce", Ends::error, "utf8.codepoint(('x'):rep(900000), 1, -1)", "too long"},
    {"A72Utf8CharMany", Ends::error,
     "local t = {} for i=1,1000 do t[i] = 65 end utf8.char(table.unpack(t))", "unpack"},
    {"A72Utf8CharBeyond", Ends::error, "utf8.char(1 << 31)", "value out of range"},
    {"A72Utf8Broken", Ends::contained,
     "assert(utf8.len('\\xff') == nil) assert(not pcall(utf8.codepoint, '\\xed\\xa0\\x80')) "
     "for _ in pcall, utf8.codes('\\xff') do break end"},
};
INSTANTIATE_TEST_SUITE_P(Texts, Attacks, testing::ValuesIn(texts), name_of);

} // namespace
} // namespace grekko::script
