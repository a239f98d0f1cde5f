/** Meta's Graph API for WhatsApp, as messy as the real one. */
@NullMarked
package dev.carillon.simulator.meta;

import org.jspecify.annotations.NullMarked;
