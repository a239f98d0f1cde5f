/** Proofs of the whole server over HTTP: against a simulated provider, and against being killed. */
@NullMarked
package dev.carillon.server.proof;

import org.jspecify.annotations.NullMarked;
