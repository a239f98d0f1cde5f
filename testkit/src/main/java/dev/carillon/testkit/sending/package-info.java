/** Stand-ins for tests of sending: stores in memory and a provider that answers as scripted. */
@NullMarked
package dev.carillon.testkit.sending;

import org.jspecify.annotations.NullMarked;
