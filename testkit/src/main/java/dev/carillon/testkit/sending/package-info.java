/** Stand-ins for tests of sending: stores in memory and a provider that answers as it is told. */
@NullMarked
package dev.carillon.testkit.sending;

import org.jspecify.annotations.NullMarked;
