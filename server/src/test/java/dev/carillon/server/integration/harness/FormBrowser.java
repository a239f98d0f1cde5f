package dev.carillon.server.integration.harness;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody's browser without scripts: keeps cookies, follows no redirect by itself. */
public final class FormBrowser {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final String BOUNDARY = "a-boundary-of-parts";

  public final CookieManager cookies = new CookieManager();
  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(cookies).build();

  public FormBrowser(URI server) {
    this.server = server;
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path)).header("Accept", "text/html");
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /** Opens what goes on for as long as the server likes. */
  public InputStream watch(String path) throws IOException, InterruptedException {
    return client
        .send(
            request(path).setHeader("Accept", "text/event-stream").GET().build(),
            BodyHandlers.ofInputStream())
        .body();
  }

  public HttpResponse<String> post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    return post(path, List.copyOf(form.entrySet()));
  }

  /** Sends a form in which a field may come several times. */
  public HttpResponse<String> post(String path, List<Map.Entry<String, String>> form)
      throws IOException, InterruptedException {
    String body =
        form.stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/x-www-form-urlencoded"));
  }

  /** Sends a form with a token and a file, as a browser does. */
  public HttpResponse<String> upload(String path, String token, String file)
      throws IOException, InterruptedException {
    return send(multipart(request(path), token, file));
  }

  /** Puts a token and a file into a request. */
  public static HttpRequest.Builder multipart(
      HttpRequest.Builder request, String token, String file) {
    return request
        .POST(BodyPublishers.ofString(parts(token, file)))
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  private static String parts(String token, String file) {
    return String.join(
        "\r\n",
        "--" + BOUNDARY,
        "Content-Disposition: form-data; name=\"_csrf\"",
        "",
        token,
        "--" + BOUNDARY,
        "Content-Disposition: form-data; name=\"file\"; filename=\"people.csv\"",
        "Content-Type: text/csv",
        "",
        file,
        "--" + BOUNDARY + "--",
        "");
  }

  /** The token in a page's form. */
  public String token(String path) throws IOException, InterruptedException {
    Matcher token = TOKEN.matcher(get(path).body());
    if (!token.find()) {
      throw new AssertionError(path + " has no token");
    }
    return token.group(1);
  }

  public HttpResponse<String> signIn(String name, String password)
      throws IOException, InterruptedException {
    return post("/login", Map.of("username", name, "password", password, "_csrf", token("/login")));
  }
}
