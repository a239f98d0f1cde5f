/** Rules as SQL of DuckDB: which users they match, and how many. */
@NullMarked
package dev.carillon.storage.embedded.audience;

import org.jspecify.annotations.NullMarked;
