/** Planning runs: who receives, who is held out, and what each message carries. */
@NullMarked
package dev.carillon.storage.embedded.planning;

import org.jspecify.annotations.NullMarked;
