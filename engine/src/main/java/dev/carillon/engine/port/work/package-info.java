/** What senders share: the chunks of runs, and the bounds on the speed of campaigns. */
@NullMarked
package dev.carillon.engine.port.work;

import org.jspecify.annotations.NullMarked;
