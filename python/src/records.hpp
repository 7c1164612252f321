#pragma once

#include <pybind11/pybind11.h>

#include <cstddef>
#include <string>

#include "chainqual/core/ids.hpp"
#include "chainqual/register/dossier.hpp"

// Rows of a chain folder's tables as Python dicts, by the same list of columns that CSV, JSON and XLSX follow.
namespace chainqual::python {

/// Adds a row to a table: "segments", "enterprises", "links", "problems" …
///
/// @param record  values by English heading; absent ones are empty. Texts are read as cells of a file are: numbers may
///                be numbers or text, lists lists or text.
/// @throws Error as `Chain::add_…`; TypeError an unknown heading; ValueError a cell that cannot be read.
void add_record(Dossier& dossier, const std::string& table, const pybind11::dict& record);
void replace_enterprise(Dossier& dossier, EnterpriseId id, const pybind11::dict& record);

[[nodiscard]] std::size_t record_count(const Dossier& dossier, const std::string& table);
[[nodiscard]] pybind11::dict record_of(const Dossier& dossier, const std::string& table, std::size_t position);
/// The table as {"heading": [value, …], …}.
[[nodiscard]] pybind11::dict table_columns(const Dossier& dossier, const std::string& table);
/// Headings of a table: [(key, Chinese, kind of value), …].
[[nodiscard]] pybind11::list table_fields(const std::string& table);
/// Every table of a chain folder: [(name, Chinese), …].
[[nodiscard]] pybind11::list table_names();

}  // namespace chainqual::python
