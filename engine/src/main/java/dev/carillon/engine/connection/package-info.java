/** Connections to providers: set up, checked, and opened with their secrets. */
@NullMarked
package dev.carillon.engine.connection;

import org.jspecify.annotations.NullMarked;
