/** Rules as SQL of DuckDB: selecting and counting users, and planning runs. */
@NullMarked
package dev.carillon.storage.embedded.audience;

import org.jspecify.annotations.NullMarked;
