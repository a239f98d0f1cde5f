/**
 * The providers as they behave on the wire, for tests and the demo: the server, its control
 * endpoint {@code /_ctl} and its command line. Each provider is a sibling package that answers
 * {@link dev.carillon.simulator.wire.WireEndpoint requests}; so far {@code whatsapp}. The people
 * who receive the messages are in {@code people}, the clock that all of it runs by is in {@code
 * time}.
 *
 * <p>The wire formats are written here a second time on purpose, and never shared with the
 * adapters: an adapter and its simulator that share code would agree on the same mistake.
 */
@NullMarked
package dev.carillon.simulator;

import org.jspecify.annotations.NullMarked;
