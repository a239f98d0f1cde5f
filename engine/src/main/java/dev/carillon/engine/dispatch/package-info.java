/** Sending: planned messages are claimed in chunks, noted as intents, and handed to providers. */
@NullMarked
package dev.carillon.engine.dispatch;

import org.jspecify.annotations.NullMarked;
