/** The proof that a channel is added by few files. */
@NullMarked
package dev.carillon.bench.madeup;

import org.jspecify.annotations.NullMarked;
