# grekko_add_plugin(NAME SOURCES ...): a plugin as a host wants it: NAME.so with one exported
# symbol, nothing left to find at run time, nothing that keeps it loaded, and a build id.
function(grekko_add_plugin name)
    cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
    set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/grekko_plugin.map)
    add_library(${name} MODULE ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE Grekko::sdk)
    target_compile_features(${name} PRIVATE c_std_11 cxx_std_20)
    set_target_properties(${name} PROPERTIES PREFIX "" LINK_DEPENDS ${map}
        C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    # A unique symbol ties every generation of a plugin to the first one and keeps it loaded.
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
    target_link_options(${name} PRIVATE LINKER:--version-script=${map}
        LINKER:-z,now LINKER:-z,relro LINKER:-z,noexecstack LINKER:--build-id=sha1
        LINKER:--exclude-libs,ALL)
    if(NOT GREKKO_SANITIZE) # a sanitizer's own functions are in the program, not in the library
        target_link_options(${name} PRIVATE LINKER:-z,defs)
    endif()
endfunction()

# grekko_add_plugin_test(NAME PLUGIN plugin SOURCES ...): a program that tests a plugin through the
# fake host; GREKKO_PLUGIN is the path of its library. CTest runs it.
function(grekko_add_plugin_test name)
    cmake_parse_arguments(ARG "" "PLUGIN" "SOURCES" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE Grekko::sdk ${CMAKE_DL_LIBS})
    target_compile_features(${name} PRIVATE cxx_std_20)
    target_compile_definitions(${name} PRIVATE GREKKO_PLUGIN="$<TARGET_FILE:${ARG_PLUGIN}>")
    add_dependencies(${name} ${ARG_PLUGIN})
    add_test(NAME ${name} COMMAND ${name})
endfunction()
