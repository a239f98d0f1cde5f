/** Meta's WhatsApp Cloud API: requests, answers, callbacks, signatures and error codes. */
@NullMarked
package dev.carillon.channels.whatsapp.cloud;

import org.jspecify.annotations.NullMarked;
