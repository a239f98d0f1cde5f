package dev.carillon.server.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;

/**
 * What OpenAPI says of the addresses that lean servlets serve, which have nothing to read it from.
 */
final class IngestDescription {
  static final String DATA = "Users and events";
  static final String CALLBACKS = "Callbacks";

  private static final String JSON = "application/json";

  private IngestDescription() {}

  static Paths paths() {
    Paths paths = new Paths();
    paths.addPathItem("/1/upload", new PathItem().post(upload()));
    paths.addPathItem("/v1/{type}", new PathItem().post(segment()));
    paths.addPathItem("/hooks/{id}", new PathItem().get(handshake()).post(callback()));
    return paths;
  }

  private static Operation upload() {
    return operation(DATA, "Takes users and events in CleverTap's format")
        .description(
            "At most 1,000 records and 16 MiB, gzip welcome, UTF-8; each record is judged by"
                + " itself, with 128 KiB, 256 properties, 64 KiB a value, 8,192 characters a text"
                + " and 1,000 elements a list at most. 200 means that the processed ones are on the"
                + " disk. The codes of refused records: 509 event name, 512 structure, 513"
                + " restricted event, 522 number of properties, 523 identity, 524 type, 525 time,"
                + " 540 size of the record, 541 size of a value, 542 half of a surrogate pair, 543"
                + " consent by a key of data:append, 544 no identity token where the key needs one,"
                + " 555 others. Needs the scope data:write, or data:append for events and"
                + " properties without consent; such a key changes no address of a known person. A"
                + " record's member identityToken is a JWT that your server made (see"
                + " identity-keys).")
        .addParametersItem(
            query("dryRun", "1 judges the records and keeps nothing")
                .schema(new StringSchema()._enum(List.of("1"))))
        .requestBody(
            body(
                """
                {"d":[{"type":"profile","identity":"ravi-17","profileData":{"Name":"Ravi"}},
                {"type":"event","identity":"ravi-17","evtName":"Charged","evtData":{"Amount":499}}]}\
                """))
        .responses(answers("status is success, partial or fail; unprocessed says why, by record"));
  }

  private static Operation segment() {
    return operation(DATA, "Takes users and events as Segment's libraries send them")
        .description(
            "At most 1,000 messages and 8 MiB, with the limits and codes of /1/upload. The write"
                + " key is an API key with the scope data:write, or data:append for events and"
                + " traits without consent: as user name of Basic authentication, or as writeKey in"
                + " the first 512 KiB of the body. Pages of other origins may send with a key of"
                + " data:append (CORS). The types have the paths i, t, a, p, s, g and b too. An"
                + " identity token is in a message's identityToken or context.identityToken.")
        .addParametersItem(
            path("type", "the kind of message; batch and import take several")
                .schema(
                    new StringSchema()
                        ._enum(
                            List.of(
                                "track",
                                "identify",
                                "alias",
                                "page",
                                "screen",
                                "group",
                                "batch",
                                "import"))))
        .requestBody(
            body(
                """
                {"userId":"ravi-17","event":"Charged","properties":{"Amount":499},\
                "messageId":"order-1"}\
                """))
        .responses(answers("taken; rejected says which of a batch were not, and why"));
  }

  private static Operation handshake() {
    return operation(CALLBACKS, "Answers the provider's handshake")
        .description("Returns the challenge when the verify token is the connection's.")
        .security(List.of())
        .addParametersItem(path("id", "the connection").schema(new StringSchema()))
        .addParametersItem(query("hub.mode", "subscribe").schema(new StringSchema()))
        .addParametersItem(query("hub.verify_token", "the verify token").schema(new StringSchema()))
        .addParametersItem(query("hub.challenge", "what to return").schema(new StringSchema()))
        .responses(
            new ApiResponses()
                .addApiResponse("200", said("the challenge"))
                .addApiResponse("403", said("the token differs")));
  }

  private static Operation callback() {
    return operation(CALLBACKS, "Takes what the provider reports: statuses, replies, notices")
        .description("Signed with X-Hub-Signature-256. 200 means that it is on the disk.")
        .security(List.of())
        .addParametersItem(path("id", "the connection").schema(new StringSchema()))
        .requestBody(body("{\"object\":\"whatsapp_business_account\",\"entry\":[]}"))
        .responses(
            new ApiResponses()
                .addApiResponse("200", said("kept"))
                .addApiResponse("401", said("the signature does not fit"))
                .addApiResponse("503", said("too much waits; nothing was kept")));
  }

  private static Operation operation(String tag, String summary) {
    return new Operation().addTagsItem(tag).summary(summary);
  }

  private static Parameter path(String name, String words) {
    return new Parameter().in("path").required(true).name(name).description(words);
  }

  private static Parameter query(String name, String words) {
    return new Parameter().in("query").name(name).description(words);
  }

  private static RequestBody body(String example) {
    Schema<?> any = new ObjectSchema();
    return new RequestBody()
        .required(true)
        .content(new Content().addMediaType(JSON, new MediaType().schema(any).example(example)));
  }

  private static ApiResponses answers(String success) {
    return new ApiResponses()
        .addApiResponse(
            "200",
            said(success)
                .content(
                    new Content().addMediaType(JSON, new MediaType().schema(new ObjectSchema()))))
        .addApiResponse("400", said("the body cannot be read"))
        .addApiResponse("401", said("the key is missing, unknown or may not send data in"))
        .addApiResponse("413", said("too large"))
        .addApiResponse("503", said("too much waits; nothing was taken, Retry-After says when"));
  }

  private static ApiResponse said(String words) {
    return new ApiResponse().description(words);
  }
}
