/** The database: sessions, the schema and its migrations. */
@NullMarked
package dev.carillon.storage.embedded.duckdb;

import org.jspecify.annotations.NullMarked;
