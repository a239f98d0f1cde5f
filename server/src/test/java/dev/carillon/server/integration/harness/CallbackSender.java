package dev.carillon.server.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts callbacks to a connection as WhatsApp does, signed with the app's secret. */
public final class CallbackSender {
  private final SimulatedWorld world;

  public CallbackSender(SimulatedWorld world) {
    this.world = world;
  }

  /**
   * Posts one change of the connection's own number; apostrophes are replaced by quotation marks.
   */
  public void post(String members) {
    post(world.connection, world.simulator.whatsApp().account().phoneNumberId(), members);
  }

  /** The same to the callback address of a connection about a number, which may be another one. */
  public void post(String connection, String phoneNumberId, String members) {
    String body =
        """
        {'object':'whatsapp_business_account','entry':[{'id':'1','changes':[{'field':'messages',
          'value':{'messaging_product':'whatsapp',
            'metadata':{'display_phone_number':'15550783881','phone_number_id':'%s'},%s}}]}]}"""
            .formatted(phoneNumberId, members)
            .replace("@NOW", Long.toString(now()))
            .replace('\'', '"');
    send(connection, body);
  }

  /** Posts a whole body. */
  public void send(String connection, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int status =
        world
            .api
            .send(
                world
                    .api
                    .request("/hooks/" + connection)
                    .header("Content-Type", "application/json")
                    .header("X-Hub-Signature-256", "sha256=" + signature(world, bytes))
                    .POST(BodyPublishers.ofByteArray(bytes))
                    .build())
            .statusCode();
    assertThat(status).as(body).isEqualTo(200);
  }

  /** A text from an address, which is digits or an id of the person's. */
  public void text(String from, String id, String words) {
    post("'messages':[" + message(from, id, "'type':'text','text':{'body':'" + words + "'}") + "]");
  }

  public static String message(String from, String id, String content) {
    String member = Character.isDigit(from.charAt(0)) ? "from" : "from_user_id";
    return "{'%s':'%s','id':'%s','timestamp':'@NOW',%s}".formatted(member, from, id, content);
  }

  public long now() {
    return world.time.instant().getEpochSecond();
  }

  /** The digits of a body's signature. */
  public static String signature(SimulatedWorld world, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret =
          world.simulator.whatsApp().account().appSecret().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
