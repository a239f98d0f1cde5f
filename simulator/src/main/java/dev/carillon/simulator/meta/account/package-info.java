/** A WhatsApp Business account: its templates, messages and errors. */
@NullMarked
package dev.carillon.simulator.meta.account;

import org.jspecify.annotations.NullMarked;
