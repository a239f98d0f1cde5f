/** Tests of the sending flows, on stores in memory and a scripted provider. */
@NullMarked
package dev.carillon.testkit.sending;

import org.jspecify.annotations.NullMarked;
