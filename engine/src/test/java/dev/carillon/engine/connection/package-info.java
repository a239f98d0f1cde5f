/** Connections keep their secrets to the servers that these were entered for. */
@NullMarked
package dev.carillon.engine.connection;

import org.jspecify.annotations.NullMarked;
