/** The facts side of the embedded store: a journal in front of DuckDB, and what derives from it. */
@NullMarked
package dev.carillon.storage.embedded.facts;

import org.jspecify.annotations.NullMarked;
