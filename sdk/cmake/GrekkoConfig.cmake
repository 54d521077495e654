# find_package(Grekko): the target Grekko::sdk, grekko_add_plugin() and grekko_add_plugin_test().
include(${CMAKE_CURRENT_LIST_DIR}/GrekkoTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/GrekkoPlugin.cmake)
