/** The stores of one machine: DuckDB for facts, SQLite for metadata. */
@NullMarked
package dev.carillon.storage.embedded;

import org.jspecify.annotations.NullMarked;
