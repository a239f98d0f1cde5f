/**
 * Planning runs: who gets a message, who is held out or suppressed, and which numbers and variants
 * the messages have.
 */
@NullMarked
package dev.carillon.storage.embedded.planning;

import org.jspecify.annotations.NullMarked;
