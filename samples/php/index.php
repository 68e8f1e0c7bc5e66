<?php
// A partner's site that signs people in with Gapura's button, and keeps their token on the server. Start it with
// `php -S localhost:3000 index.php`. GAPURA_ISSUER, GAPURA_CLIENT_ID and GAPURA_API_KEY are what the operator gave you.
declare(strict_types=1);
session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax']);
[$issuer, $clientId, $apiKey] = [getenv('GAPURA_ISSUER'), getenv('GAPURA_CLIENT_ID'), getenv('GAPURA_API_KEY')];
$origin = getenv('ORIGIN') ?: 'http://' . $_SERVER['HTTP_HOST'];

/** @return array{int, array} status and JSON of a call to Gapura */
function gapura(string $method, string $url, array $headers, string $body = ''): array
{
    $context = stream_context_create(['http' => ['method' => $method, 'header' => $headers, 'content' => $body, 'timeout' => 10, 'ignore_errors' => true, 'follow_location' => 0]]);
    $answer = @file_get_contents($url, false, $context);
    return $answer === false ? [502, []] : [(int) explode(' ', $http_response_header[0])[1], json_decode($answer, true) ?? []];
}

function answer(int $status, array $json): never
{
    http_response_code($status);
    header('content-type: application/json');
    header('cache-control: no-store');
    exit(json_encode($json));
}

switch ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case 'GET /ticket': // The API key stays here. The page gets a ticket, which opens one sign-in window.
        [$status, $json] = gapura('GET', "$issuer/V1/NLE/AuthApiKey", ["beacukai-api-key: $apiKey"]);
        $status === 200 ? answer(200, ['token' => $json['data']['token']]) : answer(502, ['error' => 'ticket_unavailable']);
    case 'POST /signed-in': // What the window handed to the page: a code that is good once, and the page's verifier.
        $sent = json_decode(file_get_contents('php://input'), true) ?? [];
        $form = ['grant_type' => 'authorization_code', 'client_id' => $clientId, 'client_secret' => $apiKey, 'code' => $sent['code'] ?? '', 'code_verifier' => $sent['codeVerifier'] ?? ''];
        if (isset($sent['redirectUri'])) $form['redirect_uri'] = $sent['redirectUri'];
        [$status, $json] = gapura('POST', "$issuer/oauth/token", ['content-type: application/x-www-form-urlencoded'], http_build_query($form));
        if ($status !== 200) answer(403, $json);
        session_regenerate_id(true);
        $_SESSION['person'] = ['access_token' => $json['access_token'], 'username' => $json['username'], 'npwp' => $json['npwp'], 'until' => time() + $json['expires_in']];
        answer(200, ['username' => $json['username']]);
    case 'POST /sign-out':
        session_destroy();
        header('location: /', true, 303);
        exit;
    case 'GET /':
        break;
    default:
        answer(404, ['error' => 'not_found']);
}
$person = ($_SESSION['person']['until'] ?? 0) > time() ? $_SESSION['person'] : null;
?>
<!doctype html>
<html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Truk Kita</title>
<h1>Truk Kita</h1>
<?php if ($person): ?>
<p id="who"><?= htmlspecialchars("{$person['username']} ({$person['npwp']})") ?></p>
<form method="post" action="/sign-out"><button>Keluar</button></form>
<?php else: ?>
<script src="<?= $issuer ?>/sdk/gapura.js"></script>
<gapura-button issuer="<?= $issuer ?>" ticket="/ticket" response="code" return-url="<?= $origin ?>/" language="id"></gapura-button>
<p id="trouble" role="alert"></p>
<script>
const button = document.querySelector('gapura-button');
button.addEventListener('gapura-result', async ({ detail }) => {
  const answer = await fetch('/signed-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(detail) });
  if (answer.ok) location.replace('/');
  else document.getElementById('trouble').textContent = (await answer.json()).error_description;
});
button.addEventListener('gapura-error', ({ detail }) => { document.getElementById('trouble').textContent = detail.message; });
</script>
<?php endif;
