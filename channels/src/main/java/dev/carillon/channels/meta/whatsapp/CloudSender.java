package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.errors.ErrorCodes;
import dev.carillon.channels.support.http.HttpOutcome;
import dev.carillon.channels.support.http.ProviderHttp;
import dev.carillon.channels.support.liquid.LiquidPerson;
import dev.carillon.channels.support.liquid.LiquidTexts;
import dev.carillon.core.channel.MessageContent;
import dev.carillon.core.channel.WhatsAppTemplate;
import dev.carillon.engine.provider.PersonalisationException;
import dev.carillon.engine.provider.Provider;
import dev.carillon.engine.provider.SendResult;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Sends the messages of one phone number. */
final class CloudSender implements Provider.Sender {
  private final ProviderHttp http;
  private final RequestWriter writer;
  private final AnswerReader reader;
  private final HttpRequest.Builder call;

  CloudSender(CloudSettings settings, ProviderHttp http, LiquidTexts texts, AnswerReader reader) {
    this.http = http;
    this.writer = new RequestWriter(texts);
    this.reader = reader;
    this.call =
        HttpRequest.newBuilder(settings.uri(settings.phoneNumberId() + "/messages"))
            .header("Authorization", "Bearer " + settings.accessToken())
            .header("Content-Type", "application/json");
  }

  @Override
  public Provider.Prepared prepare(MessageContent what, String address, String properties)
      throws PersonalisationException {
    String to = digits(address);
    if (to.isEmpty()) {
      throw new PersonalisationException("the address is not a phone number");
    }
    WhatsAppTemplate template = (WhatsAppTemplate) what;
    return new Provider.Prepared(to, writer.write(template, to, LiquidPerson.of(properties)));
  }

  @Override
  public SendResult send(Provider.Prepared message, String reference) {
    if (!RequestWriter.fits(reference)) {
      return CloudErrors.CODES.failed(CloudErrors.REFERENCE_TOO_LONG, "the reference is too long");
    }
    byte[] body = RequestWriter.withReference(message.body(), reference);
    HttpRequest request = call.copy().POST(BodyPublishers.ofByteArray(body)).build();
    return switch (http.call(request)) {
      case HttpOutcome.Answered answer -> reader.read(answer, digits(message.address()));
      case HttpOutcome.NotSent(String words) ->
          CloudErrors.CODES.failed(ErrorCodes.CONNECTION, words);
      case HttpOutcome.NoAnswer(String words) -> new SendResult.Unknown(words);
    };
  }

  @Override
  public void close() {
    http.close();
  }

  private static String digits(String address) {
    StringBuilder digits = new StringBuilder(address.length());
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c >= '0' && c <= '9') {
        digits.append(c);
      }
    }
    return digits.toString();
  }
}
