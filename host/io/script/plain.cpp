#include "io/script/plain.hpp"

#include <cstdint>
#include <cstring>

#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

template <class T>
void put(std::string& out, T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
}

void encode(lua_State* state, int index, const std::string& path, int depth, std::string& out);

void encode_table(lua_State* state, int index, const std::string& path, int depth,
                  std::string& out) {
    if (depth >= plain_depth_max) {
        raise(state, path, "is deeper than 32 tables, or contains itself, and cannot be saved");
    }
    if (lua_getmetatable(state, index) != 0)
        raise(state, path, "has a metatable and cannot be saved");
    luaL_checkstack(state, 8, "too deep");
    push_sorted_keys(state, index);
    const int keys = lua_gettop(state);
    const auto count = static_cast<std::uint32_t>(lua_rawlen(state, keys));
    out += '{';
    put(out, count);
    for (lua_Integer i = 1; i <= static_cast<lua_Integer>(count); ++i) {
        lua_rawgeti(state, keys, i);
        const std::string name = lua_type(state, -1) == LUA_TSTRING
                                     ? path + "." + lua_tostring(state, -1)
                                     : path + "[" + std::to_string(lua_tonumber(state, -1)) + "]";
        encode(state, lua_gettop(state), name, depth + 1, out);
        lua_rawget(state, index);
        encode(state, lua_gettop(state), name, depth + 1, out);
        lua_pop(state, 1);
    }
    lua_pop(state, 1);
}

void encode(lua_State* state, int index, const std::string& path, int depth, std::string& out) {
    Vm::of(state).charge(state, 10);
    switch (lua_type(state, index)) {
    case LUA_TNIL: out += 'N'; break;
    case LUA_TBOOLEAN: out += lua_toboolean(state, index) != 0 ? 'T' : 'F'; break;
    case LUA_TNUMBER:
        if (lua_isinteger(state, index) != 0) {
            out += 'I';
            put(out, static_cast<std::int64_t>(lua_tointeger(state, index)));
        } else {
            out += 'D';
            put(out, lua_tonumber(state, index));
        }
        break;
    case LUA_TSTRING: {
        std::size_t size = 0;
        const char* const text = lua_tolstring(state, index, &size);
        out += 'S';
        put(out, static_cast<std::uint32_t>(size));
        out.append(text, size);
        break;
    }
    case LUA_TTABLE: encode_table(state, index, path, depth, out); break;
    default:
        raise(state, path, std::string("a ") + luaL_typename(state, index) + " cannot be saved");
    }
    if (out.size() > plain_bytes_max) raise(state, path, "the saved state is larger than 1 MiB");
}

class Decoder {
public:
    Decoder(lua_State* state, std::string_view bytes) : state_{state}, bytes_{bytes} {}

    void value(int depth) {
        luaL_checkstack(state_, 4, "too deep");
        switch (take<char>()) {
        case 'N': lua_pushnil(state_); break;
        case 'T': lua_pushboolean(state_, 1); break;
        case 'F': lua_pushboolean(state_, 0); break;
        case 'I': lua_pushinteger(state_, take<std::int64_t>()); break;
        case 'D': lua_pushnumber(state_, take<double>()); break;
        case 'S': {
            const auto size = take<std::uint32_t>();
            if (size > bytes_.size()) damaged();
            lua_pushlstring(state_, bytes_.data(), size);
            bytes_.remove_prefix(size);
            break;
        }
        case '{': table(depth); break;
        default: damaged();
        }
    }
    bool empty() const { return bytes_.empty(); }
    [[noreturn]] void damaged() { raise(state_, "load", "the saved state is damaged"); }

private:
    void table(int depth) {
        const auto count = take<std::uint32_t>();
        if (depth >= plain_depth_max || count > bytes_.size()) damaged();
        lua_newtable(state_);
        for (std::uint32_t i = 0; i < count; ++i) {
            value(depth + 1);
            const int type = lua_type(state_, -1);
            if (type != LUA_TSTRING && type != LUA_TNUMBER) damaged();
            if (lua_tonumber(state_, -1) != lua_tonumber(state_, -1)) damaged(); // NaN
            value(depth + 1);
            lua_rawset(state_, -3);
        }
    }
    template <class T>
    T take() {
        T value{};
        if (bytes_.size() < sizeof value) damaged();
        std::memcpy(&value, bytes_.data(), sizeof value);
        bytes_.remove_prefix(sizeof value);
        return value;
    }

    lua_State* state_;
    std::string_view bytes_;
};

} // namespace

std::string encode_plain(lua_State* state, int index, const std::string& path) {
    std::string out;
    encode(state, lua_absindex(state, index), path, 0, out);
    return out;
}

void decode_plain(lua_State* state, std::string_view bytes) {
    Decoder decoder{state, bytes};
    decoder.value(0);
    if (!decoder.empty()) decoder.damaged();
}

} // namespace grekko::script
