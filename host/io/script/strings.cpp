// The rest of the string library: rep and format of our own, the others Lua's under a charge.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "io/script/libraries.hpp"
#include "io/script/originals.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

constexpr lua_Integer repeats_max = 1 << 30;
constexpr std::size_t specification_max = 24;

int repeat(lua_State* state) {
    std::size_t size = 0;
    std::size_t separator_size = 0;
    const char* const text = luaL_checklstring(state, 1, &size);
    const lua_Integer count = luaL_checkinteger(state, 2);
    const char* const separator = luaL_optlstring(state, 3, "", &separator_size);
    if (count <= 0) {
        lua_pushliteral(state, "");
        return 1;
    }
    const std::size_t block = Vm::of(state).limits().block;
    const std::size_t piece = size + separator_size;
    if (count > repeats_max || piece > block / static_cast<std::size_t>(count)) {
        return luaL_error(state, "rep: the text would be larger than %d KiB",
                          static_cast<int>(block >> 10U));
    }
    Vm::of(state).charge(
        state,
        5 + count / 4 + static_cast<lua_Integer>(piece * static_cast<std::size_t>(count) / 64));
    luaL_Buffer out;
    luaL_buffinit(state, &out);
    for (lua_Integer i = 0; i < count && piece > 0; ++i) {
        luaL_addlstring(&out, text, size);
        if (i + 1 < count) luaL_addlstring(&out, separator, separator_size);
    }
    luaL_pushresult(&out);
    return 1;
}

// A conversion like "%-8.3f": flags, at most two digits of width and of precision, and the letter.
struct Conversion {
    char format[specification_max]{};
    char letter{0};
    std::size_t size{0};
};

Conversion read_conversion(lua_State* state, std::string_view text, std::size_t at) {
    const std::size_t begin = at;
    at = text.find_first_not_of("-+ #0", at);
    for (int part = 0; part < 2 && at < text.size(); ++part) {
        for (int digits = 0; digits < 2 && at < text.size() && text[at] >= '0' && text[at] <= '9';
             ++digits) {
            ++at;
        }
        if (part == 1 || at >= text.size() || text[at] != '.') break;
        ++at;
    }
    Conversion conversion;
    if (at >= text.size() || at - begin > specification_max - 6) {
        luaL_error(state, "format: a conversion is not complete or too long");
    }
    conversion.letter = text[at];
    conversion.size = at + 1 - begin;
    conversion.format[0] = '%';
    std::memcpy(conversion.format + 1, text.data() + begin, at - begin);
    std::size_t end = at - begin + 1;
    if (std::strchr("diuoxXc", conversion.letter) != nullptr && conversion.letter != 'c') {
        conversion.format[end++] = 'l';
        conversion.format[end++] = 'l';
    }
    conversion.format[end] = conversion.letter;
    return conversion;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void add_number(lua_State* state, luaL_Buffer& out, const Conversion& conversion, int argument) {
    char text[512]; // %99.99f of the largest double has 409 characters
    int size = 0;
    if (conversion.letter == 'c') {
        const auto c = static_cast<char>(luaL_checkinteger(state, argument));
        size = std::snprintf(text, sizeof text, conversion.format, c);
    } else if (std::strchr("diuoxX", conversion.letter) != nullptr) {
        const auto value = static_cast<long long>(luaL_checkinteger(state, argument));
        size = std::snprintf(text, sizeof text, conversion.format, value);
    } else {
        size =
            std::snprintf(text, sizeof text, conversion.format, luaL_checknumber(state, argument));
    }
    if (size > 0)
        luaL_addlstring(&out, text, std::min(static_cast<std::size_t>(size), sizeof text - 1));
}

void add_text(lua_State* state, luaL_Buffer& out, const Conversion& conversion, int argument) {
    luaL_checkany(state, argument);
    push_text(state, argument);
    std::size_t size = 0;
    const char* const text = lua_tolstring(state, -1, &size);
    if (conversion.size == 1) {
        luaL_addvalue(&out);
        return;
    }
    if (std::strlen(text) != size) luaL_error(state, "format: the text contains zeros");
    char padded[256];
    const int written = std::snprintf(padded, sizeof padded, conversion.format, text);
    if (written >= 0 && static_cast<std::size_t>(written) < sizeof padded) {
        lua_pop(state, 1);
        luaL_addlstring(&out, padded, static_cast<std::size_t>(written));
    } else {
        luaL_addvalue(&out); // longer than any width; a precision is at most 99
    }
}
#pragma GCC diagnostic pop

void add_quoted(lua_State* state, luaL_Buffer& out, int argument) {
    if (lua_type(state, argument) != LUA_TSTRING) {
        push_text(state, argument);
        luaL_addvalue(&out);
        return;
    }
    std::size_t size = 0;
    const char* const text = lua_tolstring(state, argument, &size);
    luaL_addchar(&out, '"');
    for (std::size_t i = 0; i < size; ++i) {
        char escaped[8];
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '"' || c == '\\' || c == '\n') {
            luaL_addchar(&out, '\\');
            luaL_addchar(&out, text[i]);
        } else if (c < ' ' || c == 0x7F) {
            luaL_addlstring(
                &out, escaped,
                static_cast<std::size_t>(std::snprintf(escaped, sizeof escaped, "\\%03d", c)));
        } else {
            luaL_addchar(&out, text[i]);
        }
    }
    luaL_addchar(&out, '"');
}

int format(lua_State* state) {
    std::size_t text_size = 0;
    const char* const bytes = luaL_checklstring(state, 1, &text_size);
    const std::string_view text{bytes, text_size};
    Vm::of(state).charge(state, 10 + static_cast<std::int64_t>(text_size));
    luaL_Buffer out;
    luaL_buffinit(state, &out);
    int argument = 1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            luaL_addchar(&out, text[i]);
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] == '%') {
            luaL_addchar(&out, '%');
            ++i;
            continue;
        }
        const Conversion conversion = read_conversion(state, text, i + 1);
        i += conversion.size;
        ++argument;
        if (conversion.letter == 's') {
            add_text(state, out, conversion, argument);
        } else if (conversion.letter == 'q') {
            add_quoted(state, out, argument);
        } else if (std::strchr("cdiuoxXeEfFgGaA", conversion.letter) != nullptr) {
            add_number(state, out, conversion, argument);
        } else {
            return luaL_error(state, "format: %%%c is not available here", conversion.letter);
        }
    }
    luaL_pushresult(&out);
    return 1;
}

} // namespace

void open_format(lua_State* state) {
    set_functions(state, {{"rep", repeat}, {"format", format}});
}

void push_string_library(lua_State* state) {
    lua_newtable(state);
    for (const char* name : {"byte", "char", "len", "lower", "upper", "reverse", "sub", "pack",
                             "unpack", "packsize"}) {
        set_charged(state, "string", name);
    }
    open_patterns(state);
    open_format(state);
}

void push_utf8_library(lua_State* state) {
    lua_newtable(state);
    for (const char* name : {"char", "codepoint", "codes", "len", "offset"}) {
        set_charged(state, "utf8", name);
    }
    lua_pushlstring(state, "[\0-\x7F\xC2-\xFD][\x80-\xBF]*", 14);
    lua_setfield(state, -2, "charpattern");
}

} // namespace grekko::script
