/** Proofs of where something comes from. */
@NullMarked
package dev.carillon.channels.support.signature;

import org.jspecify.annotations.NullMarked;
