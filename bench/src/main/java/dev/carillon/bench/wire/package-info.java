/** Lean HTTP on raw sockets, so that the measuring itself costs little. */
@NullMarked
package dev.carillon.bench.wire;

import org.jspecify.annotations.NullMarked;
