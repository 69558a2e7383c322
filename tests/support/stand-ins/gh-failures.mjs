// More ways in which every GraphQL request fails, as the real gh prints them: "403" "404" "500" "503" "graphql_error" "drop".
const UNICORN = '<html><body><h1>Unicorn! No server is currently available.</h1></body></html>';

export function moreFailures(print, fail) {
  const json = (status, text, message) => () => {
    print(status, text, JSON.stringify({ message, status: String(status) }));
    fail(`gh: ${message} (HTTP ${status})`);
  };
  return {
    403: json(403, 'Forbidden', 'Resource not accessible by personal access token'),
    404: json(404, 'Not Found', 'Not Found'),
    500: json(500, 'Internal Server Error', 'Server Error'),
    503: () => {
      print(503, 'Service Unavailable', UNICORN, { 'Content-Type': 'text/html' });
      fail('gh: HTTP 503');
    },
    graphql_error: () => {
      const errors = [
        { type: 'UNPROCESSABLE', path: ['nodes'], message: 'Something went \u001b[31mwrong' },
      ];
      print(200, 'OK', JSON.stringify({ data: { nodes: null }, errors }));
      fail(`gh: ${errors[0].message}`);
    },
    drop: () => fail('Post "https://api.github.com/graphql": EOF'),
  };
}
