/** The facts on one machine: a journal, and DuckDB. */
@NullMarked
package dev.carillon.storage.embedded;

import org.jspecify.annotations.NullMarked;
