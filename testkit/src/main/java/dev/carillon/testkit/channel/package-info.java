/** The contract of a provider, and a scripted server that plays the other side of the wire. */
@NullMarked
package dev.carillon.testkit.channel;

import org.jspecify.annotations.NullMarked;
