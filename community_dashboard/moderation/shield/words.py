"""What spam says, in the languages in which it came to course forums: French, English, Spanish, Portuguese, Indonesian, Arabic.

Everything here is compared with text as `letters.plain` makes it: small letters, no accents. One pattern per idea. Plain Python.
"""

from __future__ import annotations

import re

from community_dashboard.moderation.shield.letters import plain


def _any_of(listed: str) -> re.Pattern[str]:
    """A pattern for whole words, of phrases with commas between; a phrase may end in * for any ending."""
    phrases = dict.fromkeys(phrase.strip() for phrase in listed.split(","))
    parts = sorted(
        (re.escape(plain(phrase)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases), key=len
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(reversed(parts))})(?!\w)")


# A service to write to somebody outside the forum.
MESSENGERS = _any_of(
    """
    whatsapp, whats app, whatsap, watsapp, wassap, wa, zap, zapzap, telegram, signal, viber, wechat, skype, kakao, imo,
    snapchat, hangouts, واتساب, واتس, تليجرام, تيليجرام, تلغرام
    """
)
# "Write to …": what the reader shall do there.
WRITE_TO = _any_of(
    """
    contact, message, text, write, reach, reach out, add me, chat, call, inbox, dm, ping, contacter, contactez,
    contacte, joindre, ecrivez, ecrire, ecris, ajoutez, appelez, envoyez, escriba, escribe, escribir, contacta,
    contactar, comuniquese, llame, agregame, chame, chamar, fale, falar, escreva, entre em contato, adicione, ligue,
    hubungi, kontak, chat, kirim pesan, تواصل, راسل, اتصل
    """
)
# Those who write so speak for the course's team.
TEAM_WORDS = _any_of(
    """
    support, support team, support desk, helpdesk, help desk, desk, customer care, moderator, administrator, admin,
    instructor, professor, teaching team, course team, staff, coordinator, official, officially, assistance, moderateur,
    moderatrice, administrateur, equipe pedagogique, equipe du cours, professeur, l'enseignant, coordinateur,
    coordinatrice, officiel*, soporte, moderador*, administrador*, profesor, equipo del curso, oficial, suporte,
    equipe do curso, coordenador*, professor*, bantuan, pengajar, مشرف, المشرف, الدعم, للمساعدة, المساعدة
    """
)
# Fear of losing something, or a gift that waits.
PRESSURE = _any_of(
    """
    verify, verification, confirm your, validate your, not yet complete, complete your registration, enrolment is,
    pending, suspended, lose access, keep access, to keep your, avoid deletion, before it expires, expires, expiration,
    certificate is ready, important update, important notice, attention, urgent notice, your request has been received,
    limited seats, seats are, claim your, quick answer, immediate help, personally, final warning, act now, verifie,
    verifier, verifiee, valider votre, confirmer votre, en attente, votre compte, votre certificat,
    mise a jour importante, avant vendredi, reponse rapide, perdre l'acces, retirez, dernier rappel, verificar,
    verificacion, confirmar su, confirmar, pendiente, completar el registro, su certificado, caduca, ayuda inmediata,
    su inscripcion, perder el acceso, ultimo aviso, sua conta, seu certificado, verifique, confirme, pendente,
    vagas limitadas, resolver o seu problema, verifikasi, akun anda, segera, حسابك, تاكيد, شهادتك
    """
)
# What is sold, lent, won or cheated.
TRADE = _any_of(
    """
    bitcoin*, crypto*, forex, fx trading, binary option*, invest*ment plan, invest now, profit daily, daily profit*,
    guaranteed profit, 100% guaranteed, earned $*, make money, passive income, loan*, payday, casino*, betting, bet365,
    slot*, jackpot, poker, viagra, cialis, weight loss, gummies, keto, cbd oil, escort*, dating site, hot girls,
    vpn deal*, cheap flights, seo, backlink*, buy followers, essay writing, assignment help, write my essay,
    write your essay, exam answers, answers for all, quiz answers, take your exam, take my exam, buy certificate*,
    real certificate, fake certificate*, without exam, diploma for sale, hacker for hire, recover your money, lottery,
    pret entre particulier*, pret rapide, obtenu un pret, credit rapide, rachat de credit, sans justificatif,
    gagner de l'argent, gagnez, pari* sportif*, trading, placement garanti, voyance, marabout, retour affectif,
    serrurier, plombier pas cher, tous les corriges, corriges du cours, examen a votre place, acheter un diplome,
    acheter certificat, prestamo*, credito rapido, apuestas, ganar dinero, inversion garantizada, viajes baratos,
    emprestimo*, dinheiro rapido, ganhar dinheiro, lucro*, apostas, clinica de estetica, sem estudar, renda extra, judi,
    gacor, togel, pinjaman, bonus member, dapatkan uang, penghasilan, قروض, استثمار, ارباح, كازينو
    """
)
# Praise that fits any post; what comes before a link that is built.
PRAISE = _any_of(
    """
    great article, nice article, nice post, excellent post, great post, great blog, amazing post, awesome post,
    great information, valuable information, very informative, useful information, thanks for sharing,
    i really appreciate, keep it up, your point about, well written, great content, this content, good read, writeup,
    write up, tres interessant, partage tres, merci pour ce partage, article tres, tres bon article, excellent article,
    analyse tres pertinente, tres pertinent*, super article, bel article, excelente articulo, muy util, gran articulo,
    buen articulo, gracias por compartir, otimo conteudo, excelente conteudo, otimo artigo, parabens pelo,
    obrigado por compartilhar, artikel yang, artikel bagus, terima kasih informasinya, sangat bermanfaat
    """
)
# What the link behind it is introduced with.
COME_AND_SEE = _any_of(
    """
    visit, check, check out, check also, also check, take a look, my website, my site, our website, my blog,
    looking for, click here, decouvrez, visitez, je vous invite, notre site, notre dossier, mon site, cliquez,
    recomiendo visitar, visite, conozca, visiten, conheca, confira, kunjungi, klik, in touch
    """
)
# The picture shall be read by a telephone.
SCAN = _any_of(
    """
    scan, scan me, scan the code, scanne*, scanner, flash*, qr, qr code, qrcode, code qr, escane*, escanear,
    aponte a camera, use your camera, open your camera, pindai, امسح
    """
)
PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|\()?\d(?:[ .\-()]{0,2}\d){7,15}(?!\w)")
HANDLE = re.compile(r"(?<![\w.])@\w{4,32}|(?<=[:,] )\w{3,30}_\w{2,30}")
MAIL = re.compile(r"[\w.+-]{2,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{2,63}\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,10}")
QR_ADDRESS = re.compile(
    r"(?<![a-z])qr(?:[-_ ]?code)?(?![a-z])|qrserver|create-qr|qrcode|scan(?:[-_. ]?me|\.|_code)|chart\?.*cht=qr"
)
