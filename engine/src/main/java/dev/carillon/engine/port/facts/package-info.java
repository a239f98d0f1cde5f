/** What happened: entries on their way in, messages, and what could not be applied. */
@NullMarked
package dev.carillon.engine.port.facts;

import org.jspecify.annotations.NullMarked;
