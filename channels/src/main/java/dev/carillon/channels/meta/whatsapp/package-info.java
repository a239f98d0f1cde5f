/** WhatsApp through Meta's Cloud API. */
@NullMarked
package dev.carillon.channels.meta.whatsapp;

import org.jspecify.annotations.NullMarked;
