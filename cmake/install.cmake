# Install tree: headers, the compiled components that were built, the program, the shipped chains,
# a CMake package (components kernels, io, store, map, c) and pkg-config files.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/chainqual)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY python/chainqual/datasets DESTINATION ${CMAKE_INSTALL_DATADIR}/chainqual
        FILES_MATCHING PATTERN "*.csv" PATTERN "*.json")

install(TARGETS chainqual EXPORT chainqualTargets)
foreach(component IN ITEMS kernels io store map c)
  if(TARGET chainqual_${component})
    install(TARGETS chainqual_${component} EXPORT chainqualTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
            LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  endif()
endforeach()
if(TARGET chainqual_c)
  install(FILES capi/include/chainqual.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endif()
if(TARGET chainqual_program)
  install(TARGETS chainqual_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(EXPORT chainqualTargets NAMESPACE chainqual:: DESTINATION ${package_dir})

configure_package_config_file(cmake/chainqualConfig.cmake.in chainqualConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(chainqualConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/chainqualConfig.cmake ${PROJECT_BINARY_DIR}/chainqualConfigVersion.cmake
        DESTINATION ${package_dir})

# pkg-config: `chainqual` for the headers; `chainqual-io`, `chainqual-store` and `chainqual-map` add their library; `chainqual-c` is C alone. The files find their
# prefix from where they lie, so an install tree can be moved.
file(RELATIVE_PATH pc_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
set(print_requires)
if(CHAINQUAL_PRINTS)
  set(print_requires ", pangocairo")
endif()
foreach(name IN ITEMS chainqual chainqual-io chainqual-store chainqual-map chainqual-c)
  string(REPLACE "chainqual-" "chainqual_" target ${name})
  if(TARGET ${target})
    configure_file(cmake/${name}.pc.in ${name}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/${name}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
  endif()
endforeach()
